// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Ui

// What the service is, what to bring, by which law. Needs neither network nor log-in.
RpPage {
    id: root

    required property ServiceViewModel viewModel

    heading: viewModel.title
    subheading: viewModel.agency

    RpCard {
        visible: root.viewModel.guide.length > 0
        width: parent.width

        RpText {
            text: qsTr("怎么办")
            font.bold: true
        }
        RpNumberedList {
            lines: root.viewModel.guide
            size: Theme.fontHelp
        }
    }
    RpCard {
        visible: root.viewModel.materials.length > 0
        width: parent.width

        RpText {
            text: qsTr("要带什么")
            font.bold: true
        }
        RpNumberedList {
            lines: root.viewModel.materials
            numbered: false
            size: Theme.fontHelp
        }
    }
    RpCard {
        width: parent.width

        RpFieldRow {
            visible: value !== ""
            width: parent.width
            personal: false
            label: qsTr("多久办好")
            value: root.viewModel.promised
        }
        RpFieldRow {
            visible: value !== ""
            width: parent.width
            personal: false
            label: qsTr("办理时间")
            value: root.viewModel.window
        }
        RpFieldRow {
            visible: value !== ""
            width: parent.width
            personal: false
            separator: root.viewModel.law.length > 0
            label: qsTr("咨询电话")
            value: root.viewModel.hotline
        }
        RpText {
            visible: root.viewModel.law.length > 0
            text: qsTr("依据")
            font.pixelSize: Theme.fontHelp
            color: Theme.ink2
        }
        RpNumberedList {
            visible: root.viewModel.law.length > 0
            lines: root.viewModel.law
            numbered: false
            size: Theme.fontSmall
        }
    }

    controls: [
        RpIconLine {
            visible: !root.viewModel.available || root.viewModel.offline
            width: parent.width
            iconName: root.viewModel.available ? "offline" : "info"
            ink: Theme.ink1
            text: !root.viewModel.available ? qsTr("这项业务本站还在准备，现在可以先看指南。") : root.viewModel.queueable ? qsTr("现在没有网络。可以照常填写，恢复后自动提交。") : qsTr("现在没有网络，查不了。指南和材料照常可看。")
        },
        RpNavRow {
            backText: qsTr("返回首页")
            backName: "service.back"
            nextText: !root.viewModel.available ? "" : root.viewModel.transaction ? qsTr("开始办理") : qsTr("查一查")
            nextName: "service.startButton"
            onBackClicked: root.viewModel.goHome()
            onNextClicked: root.viewModel.proceed()
        }
    ]
}
