// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Ui

// Says that the link is down, what still works, how old the data is, and what waits to be sent.
Item {
    id: root

    required property ShellViewModel shell
    readonly property bool shown: shell.offline || shell.clockWrong

    objectName: "shell.offlineBanner"
    height: shown ? banner.implicitHeight : 0
    visible: shown

    RpBanner {
        id: banner

        width: root.width
        height: implicitHeight
        iconName: root.shell.offline ? "offline" : "clock"
        cause: root.shell.offline ? qsTr("网络断了") : qsTr("本机时间不准")
        effect: !root.shell.offline ? qsTr("查询照常，提交的时间以服务器为准") : root.shell.pendingCount > 0 ? qsTr("%1 件待提交，恢复后自动办").arg(root.shell.pendingCount) : qsTr("办事指南照常可看")
        age: !root.shell.offline ? "" : root.shell.everSynced ? qsTr("数据截至 %1").arg(root.shell.lastSyncText) : qsTr("还没下载过数据")
    }
}
