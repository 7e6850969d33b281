// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme

// A full-width line under the header: cause in bold, what still works, age of the data at the end.
Rectangle {
    id: root

    property string iconName: "warning"
    property string cause: ""
    property string effect: ""
    property string age: ""
    property bool bad: false

    readonly property color ink: bad ? Theme.badInk : Theme.noticeInk

    implicitHeight: Math.max(Theme.bannerHeight, words.height + Theme.padSmall)
    color: bad ? Theme.badBg : Theme.notice
    Accessible.role: Accessible.AlertMessage
    Accessible.name: Array.from([cause, effect, age]).filter(part => part !== "").join(", ")

    RpIcon {
        id: picture

        x: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        name: root.iconName
        size: Theme.iconSmall
        ink: root.ink
    }
    Flow {
        id: words

        anchors.verticalCenter: parent.verticalCenter
        x: picture.x + picture.width + Theme.gap
        width: (ageText.visible ? ageText.x - Theme.gap : root.width - Theme.margin) - x
        spacing: Theme.gap

        RpText {
            width: Math.min(implicitWidth, words.width)
            text: root.cause
            font.pixelSize: Theme.fontHelp
            font.bold: true
            lineHeight: Theme.lineTitle
            color: root.ink
            Accessible.ignored: true
        }
        RpText {
            width: Math.min(implicitWidth, words.width)
            visible: text !== ""
            text: root.effect
            font.pixelSize: Theme.fontHelp
            lineHeight: Theme.lineTitle
            color: root.ink
            Accessible.ignored: true
        }
    }
    RpText {
        id: ageText

        anchors.verticalCenter: parent.verticalCenter
        x: root.width - Theme.margin - width
        width: Math.min(implicitWidth, root.width * 0.36)
        visible: text !== ""
        text: root.age
        font.pixelSize: Theme.fontSmall
        lineHeight: Theme.lineTitle
        color: root.ink
        horizontalAlignment: Text.AlignRight
        Accessible.ignored: true
    }
    Rectangle {
        width: parent.width
        height: Theme.border
        y: parent.height - height
        color: root.ink
    }
}
