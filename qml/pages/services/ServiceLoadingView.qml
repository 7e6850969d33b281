// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Ui

// Quiet at first, explains itself after 2 s, offers to stop after 8 s and a person after 20 s.
RpPage {
    id: root

    required property ServiceViewModel viewModel

    RpText {
        objectName: "service.loadingText"
        width: parent.width
        opacity: root.viewModel.loadingStage === ServiceViewModel.Quiet ? 0 : 1
        text: root.viewModel.loadingStage === ServiceViewModel.Slow ? qsTr("部门系统今天比较慢，还在等…") : root.viewModel.loadingStage === ServiceViewModel.Quiet ? " " : qsTr("正在查询，请稍等…")
        font.pixelSize: Theme.portrait ? Theme.fontTitle : Theme.fontHeading
        font.bold: true
        lineHeight: Theme.lineTitle
    }
    RpText {
        visible: root.viewModel.loadingStage === ServiceViewModel.Slow
        width: parent.width
        text: qsTr("可以继续等，也可以取消后请工作人员帮忙，或打 %1 问问。").arg(root.viewModel.hotline === "" ? "12345" : root.viewModel.hotline)
        color: Theme.ink2
    }
    RpSkeleton {
        width: parent.width
        rows: 6
    }

    controls: [
        RpButton {
            objectName: "service.callStaff"
            visible: root.viewModel.loadingStage === ServiceViewModel.Slow
            width: parent.width
            iconName: "bell"
            text: qsTr("请人帮忙")
            onClicked: root.viewModel.callStaff()
        },
        RpButton {
            objectName: "service.cancel"
            visible: root.viewModel.loadingStage >= ServiceViewModel.Cancellable
            width: parent.width
            iconName: "close"
            text: qsTr("不等了，取消")
            onClicked: root.viewModel.cancel()
        }
    ]
}
