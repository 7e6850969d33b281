// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Ui

// "Still there?" with the seconds in a disc. Personal values below are covered meanwhile. Any
// touch that is not "end" goes on.
RpSheet {
    id: root

    required property ShellViewModel shell

    open: shell.warning
    notice: true
    objectName: "shell.idle"
    onVeilTouched: shell.extendSession()
    onOpenChanged: if (open) more.forceActiveFocus()

    Item {
        width: parent.width
        height: Math.max(disc.height, words.height)

        Rectangle {
            id: disc

            width: Theme.px(200)
            height: width
            radius: width / 2
            color: Theme.amber

            RpText {
                objectName: "shell.idleSeconds"
                anchors.centerIn: parent
                text: root.shell.secondsLeft
                font.pixelSize: Theme.px(104)
                font.bold: true
                lineHeight: 1
                color: Theme.inkOnAmber
            }
        }
        Column {
            id: words

            x: disc.width + Theme.pad
            width: parent.width - x
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.px(10)

            RpText {
                width: parent.width
                text: qsTr("还在办理吗？")
                font.pixelSize: Theme.fontTitle
                font.bold: true
                lineHeight: Theme.lineTitle
                color: Theme.noticeInk
            }
            RpText {
                width: parent.width
                text: qsTr("%1 秒后自动结束，您的信息会清除。").arg(root.shell.secondsLeft)
                color: Theme.noticeInk
            }
        }
    }
    RpButton {
        id: more

        objectName: "shell.extend"
        width: parent.width
        kind: RpButton.Primary
        text: qsTr("继续办理")
        onClicked: root.shell.extendSession()
    }
    RpButton {
        objectName: "shell.idleEnd"
        width: parent.width
        kind: RpButton.Danger
        iconName: "logout"
        text: qsTr("结束并退出")
        onClicked: root.shell.router.endSession()
    }
}
