// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme

// A short word in an outline: 演示数据, 估算.
Rectangle {
    id: root

    property string text: ""
    property bool darkBackground: false

    implicitWidth: caption.implicitWidth + Theme.px(40)
    implicitHeight: caption.implicitHeight + Theme.px(12)
    radius: height / 2
    color: darkBackground ? Theme.none : Theme.notice
    border.width: Theme.border
    border.color: darkBackground ? Theme.frameInk2 : Theme.noticeInk
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    RpText {
        id: caption

        anchors.centerIn: parent
        text: root.text
        font.pixelSize: Theme.px(28)
        lineHeight: 1
        color: root.darkBackground ? Theme.frameInk2 : Theme.noticeInk
        wrapMode: Text.NoWrap
        Accessible.ignored: true
    }
}
