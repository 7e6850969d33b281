// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Ui

// One question per page; the answer stands at the same place whatever its kind.
RpPage {
    id: root

    required property ServiceViewModel viewModel
    split: 0.42

    readonly property var input: viewModel.currentInput
    readonly property int inputType: input.inputType
    readonly property bool byChoice: inputType === UiEnums.Choice || inputType === UiEnums.ChoiceSet
    readonly property bool byMonth: inputType === UiEnums.Month

    RpStepBar {
        current: root.viewModel.formIndex + 1
        count: root.viewModel.inputCount + 1
    }
    RpText {
        objectName: "service.question"
        width: parent.width
        text: root.input.label
        font.pixelSize: Theme.portrait ? Theme.fontTitle : Theme.fontHeading
        font.bold: true
        lineHeight: Theme.lineTitle
        Accessible.role: Accessible.Heading
    }
    RpText {
        visible: text !== ""
        width: parent.width
        text: root.input.hint
        font.pixelSize: Theme.fontHelp
        color: Theme.ink2
    }
    RpIconLine {
        objectName: "service.problem"
        visible: text !== ""
        width: parent.width
        iconName: "warning"
        ink: Theme.bad
        strong: true
        text: root.input.problem
    }
    RpText {
        visible: root.byMonth || root.inputType === UiEnums.ChoiceSet
        width: parent.width
        text: qsTr("现在选的是：%1").arg(root.input.displayValue === "" ? qsTr("还没选") : root.input.displayValue)
        font.bold: true
        color: Theme.brandInk
    }

    controls: [
        RpChoiceSet {
            visible: root.byChoice
            width: parent.width
            values: root.byChoice ? root.input.optionValues : []
            labels: root.byChoice ? root.input.optionLabels : []
            several: root.inputType === UiEnums.ChoiceSet
            value: root.input.value
            namePrefix: "service." + root.input.key
            onPicked: newValue => root.viewModel.setInput(root.input.key, newValue)
        },
        RpMonthPicker {
            visible: root.byMonth
            width: parent.width
            value: root.byMonth ? root.input.value : ""
            latest: root.viewModel.latestMonth
            onPicked: newValue => root.viewModel.setInput(root.input.key, newValue)
        },
        RpTextField {
            objectName: "service.field." + root.input.key
            visible: !root.byChoice && !root.byMonth
            width: parent.width
            text: root.input.value
            label: root.input.label
            problem: root.input.problem
            maximumLength: root.input.maximumLength
            mode: root.inputType === UiEnums.IdNumber ? InputPanelHost.IdNumber : root.inputType === UiEnums.Mobile || root.inputType === UiEnums.Date ? InputPanelHost.Digits
                : root.inputType === UiEnums.Amount ? InputPanelHost.Amount : InputPanelHost.Words
            onEdited: newText => root.viewModel.setInput(root.input.key, newText)
        },
        RpNavRow {
            backName: "service.back"
            nextText: qsTr("下一步")
            nextName: "service.next"
            nextEnabled: root.viewModel.currentComplete
            onBackClicked: root.viewModel.back()
            onNextClicked: root.viewModel.nextInput()
        }
    ]
}
