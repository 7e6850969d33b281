// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Ui

// The answer of the bureau, with its age. Amounts are covered until somebody asks for them.
RpPage {
    id: root

    required property ServiceViewModel viewModel

    split: 0.66

    Flow {
        width: parent.width
        spacing: Theme.gap

        RpBadge {
            objectName: "service.demo"
            visible: root.viewModel.demo
            text: qsTr("演示数据")
        }
        RpIconLine {
            objectName: "service.dataAsOf"
            width: Math.min(implicitWidth, parent.width)
            iconName: "clock"
            size: Theme.fontSmall
            ink: root.viewModel.dataOld ? Theme.noticeInk : Theme.ink2
            text: qsTr("数据截至 %1").arg(root.viewModel.dataAsOf)
        }
    }
    RpErrorBox {
        objectName: "service.notice"
        visible: what !== ""
        width: parent.width
        what: root.viewModel.noticeText
        hotline: root.viewModel.hotline === "" ? "" : qsTr("需要帮助请打 %1").arg(root.viewModel.hotline)
    }
    RpEmptyState {
        visible: root.viewModel.resultEmpty
        text: qsTr("没有查到记录")
        help: qsTr("可能是在别的城市办的。可以打 %1 问问。").arg(root.viewModel.hotline === "" ? "12345" : root.viewModel.hotline)
    }
    Column {
        width: parent.width
        spacing: Theme.px(8)

        Repeater {
            model: root.viewModel.resultRows

            ServiceResultRow {
                required property int index
                required property var model

                width: parent ? parent.width : 0
                row: model
                onRevealAsked: key => root.viewModel.reveal(key)
            }
        }
    }

    controls: [
        ServiceNextSteps {
            viewModel: root.viewModel
            width: parent.width
            hotlines: false
        },
        Grid {
            width: parent.width
            columns: Theme.portrait && !(Theme.largeText && Theme.english) ? 2 : 1
            spacing: Theme.gap

            RpButton {
                objectName: root.viewModel.anyRevealed ? "service.hideAll" : "service.revealAll"
                visible: root.viewModel.hasHidden
                width: (parent.width - Theme.gap * (parent.columns - 1)) / parent.columns
                iconName: root.viewModel.anyRevealed ? "eye-off" : "eye"
                text: root.viewModel.anyRevealed ? qsTr("遮住金额") : qsTr("显示金额 20 秒")
                onClicked: root.viewModel.anyRevealed ? root.viewModel.hideAll() : root.viewModel.revealAll()
            }
            RpButton {
                objectName: "service.sendToPhone"
                width: root.viewModel.hasHidden ? (parent.width - Theme.gap * (parent.columns - 1)) / parent.columns : parent.width
                iconName: "send"
                text: qsTr("发到手机")
                onClicked: root.viewModel.sendToPhone()
            }
        },
        RpNavRow {
            backText: qsTr("重新查")
            backName: "service.back"
            nextText: qsTr("返回首页")
            nextName: "service.home"
            nextIcon: "home"
            onBackClicked: root.viewModel.back()
            onNextClicked: root.viewModel.goHome()
        }
    ]
}
