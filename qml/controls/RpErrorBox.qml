// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme

// What happened, what to do now, whom to call, and the code for staff.
Rectangle {
    id: root

    property string what: ""
    property string next: ""
    property string hotline: ""
    property string code: ""

    implicitHeight: words.implicitHeight + Theme.pad * 2
    radius: Theme.radius
    color: Theme.badBg
    border.width: Theme.borderBold
    border.color: Theme.bad
    Accessible.role: Accessible.AlertMessage
    Accessible.name: Array.from([what, next, hotline]).filter(part => part !== "").join(" ")

    RpIcon {
        id: picture

        x: Theme.pad
        y: Theme.pad
        name: "warning"
        ink: Theme.badInk
    }
    Column {
        id: words

        x: picture.x + picture.width + Theme.gapWide
        y: Theme.pad
        width: root.width - x - Theme.pad
        spacing: Theme.px(8)

        RpText {
            width: parent.width
            text: root.what
            font.bold: true
            color: Theme.badInk
            Accessible.ignored: true
        }
        RpText {
            width: parent.width
            visible: text !== ""
            text: root.next
            color: Theme.badInk
            Accessible.ignored: true
        }
        RpText {
            width: parent.width
            visible: text !== ""
            text: root.hotline
            color: Theme.badInk
            font.bold: true
            Accessible.ignored: true
        }
        RpText {
            width: parent.width
            visible: root.code !== ""
            text: qsTr("代码 %1").arg(root.code)
            font.pixelSize: Theme.fontSmall
            color: Theme.badInk
            wrapMode: Text.WrapAnywhere
            Accessible.ignored: true
        }
    }
}
