// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Ui

// (Not bound: with it, Qt 6.4 keeps delegates of this page alive without their model.)
// All answers on one page before anything is sent; each can be changed and leads back here. In
// low-reach mode the rows are not touched but walked through with buttons below.
RpPage {
    id: root

    required property ServiceViewModel viewModel
    property int current: 0
    // Rows that can be touched stand with the controls, in reach; rows that cannot stand above.
    readonly property bool walked: Theme.lowReach || viewModel.inputCount > (Theme.portrait ? 6 : 4) - (Theme.largeText ? 2 : 0)

    heading: qsTr("核对一下")
    subheading: viewModel.transaction ? qsTr("没问题就按“提交”。") : qsTr("没问题就按“查一查”。")

    RpErrorBox {
        objectName: "service.problems"
        visible: root.viewModel.problemCount > 0
        width: parent.width
        what: qsTr("请先改正 %1 处").arg(root.viewModel.problemCount)
        next: qsTr("按一下标红的那一行就能改。")
    }
    Column {
        visible: root.walked
        width: parent.width
        spacing: Theme.gap

        Repeater {
            model: root.walked ? root.viewModel.inputs : null

            ServiceAnswerRow {
                required property int index
                required property var model

                width: parent ? parent.width : 0
                touchable: false
                label: model.label
                value: model.displayValue === "" ? qsTr("没填") : model.displayValue
                problem: model.problem
                marked: index === root.current // qmllint disable unqualified
            }
        }
    }
    RpIconLine {
        visible: root.viewModel.offline
        width: parent.width
        iconName: "offline"
        ink: Theme.noticeInk
        text: root.viewModel.queueable ? qsTr("现在没有网络。可以照常填写，恢复后自动提交。") : qsTr("现在没有网络，查不了。指南和材料照常可看。")
    }

    controls: [
        Column {
            visible: !root.walked
            width: parent.width
            spacing: Theme.gap

            Repeater {
                model: root.walked ? null : root.viewModel.inputs

                ServiceAnswerRow {
                    required property int index
                    required property var model

                    objectName: "service.answer." + model.key
                    width: parent ? parent.width : 0
                    label: model.label
                    value: model.displayValue === "" ? qsTr("没填") : model.displayValue
                    problem: model.problem
                    onClicked: root.viewModel.editInput(index) // qmllint disable unqualified
                }
            }
        },
        Row {
            visible: root.walked && root.viewModel.inputCount > 0
            width: parent.width
            spacing: Theme.gap

            RpButton {
                objectName: "service.previousAnswer"
                width: (parent.width - Theme.gap * 2) / 3
                enabled: root.current > 0
                text: qsTr("上一项")
                onClicked: root.current -= 1
            }
            RpButton {
                objectName: "service.nextAnswer"
                width: (parent.width - Theme.gap * 2) / 3
                enabled: root.current < root.viewModel.inputCount - 1
                text: qsTr("下一项")
                onClicked: root.current += 1
            }
            RpButton {
                objectName: "service.changeAnswer"
                width: (parent.width - Theme.gap * 2) / 3
                iconName: Theme.largeText ? "" : "edit"
                text: qsTr("修改")
                onClicked: root.viewModel.editInput(root.current)
            }
        },
        RpNavRow {
            backName: "service.back"
            nextText: root.viewModel.transaction ? qsTr("提交") : qsTr("查一查")
            nextName: "service.submit"
            nextIcon: "check"
            nextEnabled: root.viewModel.formComplete
            onBackClicked: root.viewModel.back()
            onNextClicked: root.viewModel.submit()
        }
    ]
}
