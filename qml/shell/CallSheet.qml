// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Texts
import Riderport.Ui

// Help that is really there: the telephone of this station and the public hotlines.
RpSheet {
    id: root

    required property ShellViewModel shell

    objectName: "shell.callSheet"
    open: shell.router.callSheetOpen
    title: qsTr("需要人帮忙？")
    onVeilTouched: shell.router.callSheetOpen = false

    RpIconLine {
        objectName: "shell.stationPhone"
        width: parent.width
        iconName: "phone"
        size: Theme.fontAction
        strong: true
        ink: Theme.ink1
        text: root.shell.stationPhone !== "" ? qsTr("驿站工作人员 %1").arg(root.shell.stationPhone) : qsTr("请找驿站里的工作人员")
    }
    RpText {
        width: parent.width
        text: qsTr("请用您的手机拨打，或到服务台找工作人员。")
        font.pixelSize: Theme.fontHelp
        color: Theme.ink2
    }
    Grid {
        width: parent.width
        columns: Theme.portrait ? 2 : 4
        columnSpacing: Theme.gapWide
        rowSpacing: Theme.px(12)

        Repeater {
            model: HotlineTexts.numbers.length

            RpText {
                required property int index

                width: (parent.width - Theme.gapWide * (Theme.portrait ? 1 : 3)) / (Theme.portrait ? 2 : 4)
                text: HotlineTexts.numbers[index] + "  " + HotlineTexts.names[index]
                font.pixelSize: Theme.fontHelp
                font.bold: index > 4
            }
        }
    }
    RpButton {
        objectName: "shell.closeCall"
        width: parent.width
        kind: RpButton.Primary
        text: qsTr("知道了")
        onClicked: root.shell.router.callSheetOpen = false
    }
}
