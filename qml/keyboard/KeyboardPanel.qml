// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Ui

// The touch keyboard: inside our window, so that tests drive it like any item and nothing of what is typed leaves the
// process. It types into whatever field InputPanelHost names.
Rectangle {
    id: root

    required property KeyboardViewModel viewModel

    readonly property bool pad: viewModel.mode !== KeyboardViewModel.Pinyin && viewModel.mode !== KeyboardViewModel.Latin
    readonly property Item field: InputPanelHost.activeField

    function modeFor(hostMode: int): int {
        switch (hostMode) {
        case InputPanelHost.Digits:
            return KeyboardViewModel.Digits;
        case InputPanelHost.IdNumber:
            return KeyboardViewModel.Id;
        case InputPanelHost.Amount:
            return KeyboardViewModel.Amount;
        default:
            return Theme.english ? KeyboardViewModel.Latin : KeyboardViewModel.Pinyin;
        }
    }

    implicitHeight: keys.height + Theme.keyGap * 2
    color: Theme.lineSoft
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("键盘")
    onFieldChanged: {
        if (field !== null)
            viewModel.open(modeFor(InputPanelHost.mode));
        else
            viewModel.close();
    }
    Component.onCompleted: viewModel.open(modeFor(InputPanelHost.mode))

    Connections {
        target: root.viewModel

        function onInserted(text: string) {
            const input = root.field as TextInput;
            if (input !== null)
                input.insert(input.cursorPosition, text);
        }
        function onErased() {
            const input = root.field as TextInput;
            if (input !== null && input.cursorPosition > 0)
                input.remove(input.cursorPosition - 1, input.cursorPosition);
        }
        function onFinished() {
            if (root.field !== null)
                root.field.focus = false;
        }
    }
    MouseArea {
        // A finger between two keys must not reach the page behind.
        anchors.fill: parent
    }
    Column {
        id: keys

        y: Theme.keyGap
        width: parent.width
        spacing: Theme.keyGap

        CandidateBar {
            width: parent.width
            visible: root.viewModel.mode === KeyboardViewModel.Pinyin
            words: root.viewModel.candidates
            letters: root.viewModel.preedit
            onChosen: index => root.viewModel.choose(index)
        }
        LetterKeys {
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(parent.width - Theme.keyGap * 2, Theme.keyboardMaxWidth)
            visible: !root.pad
            viewModel: root.viewModel
        }
        NumberPad {
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(parent.width - Theme.keyGap * 2, Theme.padMaxWidth)
            visible: root.pad
            viewModel: root.viewModel
        }
    }
}
