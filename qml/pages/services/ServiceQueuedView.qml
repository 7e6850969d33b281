// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Ui

// Taken offline: what happens next, and that nothing more has to be done.
RpPage {
    id: root

    required property ServiceViewModel viewModel

    heading: qsTr("已经记下")
    subheading: viewModel.title

    RpCard {
        width: parent.width

        RpIconLine {
            objectName: "service.queued"
            width: parent.width
            iconName: "queue"
            ink: Theme.ink1
            strong: true
            size: Theme.fontBody
            text: qsTr("现在没有网络。恢复后本机自动提交，您不用再来。")
        }
        RpText {
            width: parent.width
            text: qsTr("结果会发到您的手机页面。着急的话可以打 %1。").arg(root.viewModel.hotline === "" ? "12345" : root.viewModel.hotline)
            color: Theme.ink2
        }
    }

    controls: [
        RpNavRow {
            backVisible: false
            nextText: qsTr("返回首页")
            nextName: "service.home"
            nextIcon: "home"
            onNextClicked: root.viewModel.goHome()
        }
    ]
}
