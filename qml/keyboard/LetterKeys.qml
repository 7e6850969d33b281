// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Ui

// Letters, or digits and signs, in four rows.
Column {
    id: root

    required property KeyboardViewModel viewModel

    readonly property bool chinese: viewModel.mode === KeyboardViewModel.Pinyin
    readonly property list<string> rows: viewModel.symbols ? ["1234567890", "-/:;()@&\"", "，。？！、·…"]
        : ["qwertyuiop", "asdfghjkl", "zxcvbnm"]
    readonly property real cell: (width - spacing * 9) / 10

    spacing: Theme.keyGap

    component Letters: Row {
        id: line

        required property string letters

        anchors.horizontalCenter: parent?.horizontalCenter
        spacing: root.spacing

        Repeater {
            model: line.letters.split("")

            delegate: RpKey {
                required property string modelData

                objectName: "keyboard.key." + modelData
                width: root.cell
                text: root.viewModel.shifted ? modelData.toUpperCase() : modelData
                onPressed: root.viewModel.press(modelData)
            }
        }
    }

    Letters {
        letters: root.rows[0]
    }
    Letters {
        letters: root.rows[1]
    }
    Row {
        anchors.horizontalCenter: parent.horizontalCenter
        spacing: root.spacing

        RpKey {
            objectName: "keyboard.shift"
            width: root.cell * 1.45
            dim: true
            visible: !root.viewModel.symbols
            text: root.viewModel.shifted ? qsTr("小写") : qsTr("大写")
            onClicked: root.viewModel.toggleShift()
        }
        Letters {
            letters: root.rows[2]
        }
        RpKey {
            objectName: "keyboard.backspace"
            width: root.cell * 1.45
            dim: true
            autoRepeat: true
            text: qsTr("删除")
            onPressed: root.viewModel.backspace()
        }
    }
    Row {
        anchors.horizontalCenter: parent.horizontalCenter
        spacing: root.spacing

        RpKey {
            objectName: "keyboard.symbols"
            width: root.cell * 1.6
            dim: true
            text: root.viewModel.symbols ? qsTr("字母") : qsTr("123")
            spoken: root.viewModel.symbols ? qsTr("字母") : qsTr("数字和符号")
            onClicked: root.viewModel.toggleSymbols()
        }
        RpKey {
            objectName: "keyboard.language"
            width: root.cell * 1.6
            dim: true
            enabled: root.viewModel.pinyinAvailable
            text: root.chinese ? qsTr("中文") : qsTr("英文")
            spoken: root.chinese ? qsTr("现在打中文，按一下打英文") : qsTr("现在打英文，按一下打中文")
            onClicked: root.viewModel.toggleLanguage()
        }
        RpKey {
            objectName: "keyboard.space"
            width: root.cell * 4
            text: qsTr("空格")
            onPressed: root.viewModel.press(" ")
        }
        RpKey {
            objectName: "keyboard.done"
            width: root.cell * 2
            accent: true
            text: qsTr("完成")
            onClicked: root.viewModel.finish()
        }
    }
}
