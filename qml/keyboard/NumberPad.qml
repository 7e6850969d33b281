// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Ui

// Digits for numbers, identity numbers (with X) and amounts (with a point). Large keys, one hand.
Grid {
    id: root

    required property KeyboardViewModel viewModel

    readonly property string extra: viewModel.mode === KeyboardViewModel.Id ? "X" : viewModel.mode === KeyboardViewModel.Amount ? "." : ""
    readonly property real cell: (width - spacing * 3) / 4

    columns: 4
    spacing: Theme.keyGap

    component Digit: RpKey {
        objectName: "keyboard.key." + text
        width: root.cell
        onPressed: root.viewModel.press(text)
    }

    Digit { text: "1" }
    Digit { text: "2" }
    Digit { text: "3" }
    RpKey {
        objectName: "keyboard.backspace"
        width: root.cell
        dim: true
        autoRepeat: true
        text: qsTr("删除")
        onPressed: root.viewModel.backspace()
    }
    Digit { text: "4" }
    Digit { text: "5" }
    Digit { text: "6" }
    Item {
        width: root.cell
        height: Theme.keyHeight
    }
    Digit { text: "7" }
    Digit { text: "8" }
    Digit { text: "9" }
    Item {
        width: root.cell
        height: Theme.keyHeight
    }
    Item {
        width: root.cell
        height: Theme.keyHeight
        visible: root.extra === ""
    }
    Digit {
        visible: root.extra !== ""
        text: root.extra
    }
    Digit { text: "0" }
    Item {
        width: root.cell
        height: Theme.keyHeight
    }
    RpKey {
        objectName: "keyboard.done"
        width: root.cell
        accent: true
        text: qsTr("完成")
        onClicked: root.viewModel.finish()
    }
}
