// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme

// Navy bar: where am I, whose session, what time.
Rectangle {
    id: root

    property string title: ""
    property string badge: ""
    property string who: ""
    property string day: ""
    property string time: ""

    implicitHeight: Theme.headerHeight
    color: Theme.frame

    RpText {
        id: titleText

        x: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        width: Math.min(implicitWidth, tail.x - x - (badgeItem.visible ? badgeItem.width + Theme.gap : 0) - Theme.gap)
        text: root.title
        font.pixelSize: Theme.english && root.badge !== "" && root.who !== "" ? Theme.px(32) : Theme.english || root.badge !== "" ? Theme.px(38) : Theme.px(46)
        font.bold: true
        lineHeight: 1
        color: Theme.inkOnFrame
        maximumLineCount: 2
        wrapMode: Text.Wrap
        Accessible.role: Accessible.Heading
    }
    RpBadge {
        id: badgeItem

        objectName: "shell.demoBadge"
        visible: root.badge !== ""
        x: titleText.x + titleText.width + Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        text: root.badge
        darkBackground: true
    }
    Row {
        id: tail

        x: root.width - width - Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.px(12)

        RpText {
            visible: text !== ""
            text: root.who
            font.pixelSize: Theme.px(36)
            lineHeight: 1
            color: Theme.inkOnFrame
            wrapMode: Text.NoWrap
        }
        RpText {
            visible: text !== ""
            text: root.day
            font.pixelSize: Theme.px(36)
            lineHeight: 1
            color: Theme.inkOnFrame
            wrapMode: Text.NoWrap
        }
        RpText {
            objectName: "shell.clock"
            text: root.time
            font.pixelSize: Theme.px(40)
            font.bold: true
            lineHeight: 1
            color: Theme.inkOnFrame
            wrapMode: Text.NoWrap
        }
    }
    Rectangle {
        y: parent.height - height
        width: parent.width
        height: Theme.border
        color: Theme.highContrast ? Theme.line : Theme.frame
    }
}
