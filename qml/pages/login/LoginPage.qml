// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Texts
import Riderport.Ui

// Three ways to log in at once: the ticket on the screen, the rolling code before the camera, the
// rolling code under the scanner. No camera or no network are designed states, not dead ends.
RpPage {
    id: root

    required property LoginViewModel viewModel

    title: qsTr("登录")
    split: 0.7

    RpErrorBox {
        objectName: "login.refusal"
        visible: root.viewModel.refused
        width: parent.width
        what: ErrorTexts.what(root.viewModel.refusalCode, root.viewModel.refusalKind)
        next: ErrorTexts.next(root.viewModel.refusalCode, root.viewModel.refusalKind)
        hotline: ErrorTexts.hotline("")
        code: root.viewModel.refusalCode
    }
    Grid {
        id: ways

        readonly property real cell: (width - columnSpacing * (columns - 1)) / columns

        width: parent.width
        columns: Theme.portrait ? 1 : 2
        columnSpacing: Theme.gapWide
        rowSpacing: Theme.gapWide

        LoginTicketCard {
            viewModel: root.viewModel
            width: ways.cell
        }
        LoginCameraCard {
            viewModel: root.viewModel
            width: ways.cell
        }
    }

    controls: [
        RpText {
            visible: !Theme.portrait && !root.viewModel.refused
            width: parent.width
            text: qsTr("登录后才能看到您自己的信息。办完按“结束”，全部清除。")
            font.pixelSize: Theme.fontHelp
            color: Theme.ink2
        },
        RpButton {
            objectName: "login.dismiss"
            visible: root.viewModel.refused
            width: parent.width
            kind: RpButton.Primary
            text: qsTr("知道了，再试一次")
            onClicked: root.viewModel.dismissRefusal()
        },
        RpButton {
            objectName: "login.renew"
            visible: !root.viewModel.refused && root.viewModel.ticket !== LoginViewModel.Offline
            width: parent.width
            iconName: "refresh"
            text: qsTr("换一个码")
            onClicked: root.viewModel.renewTicket()
        },
        RpButton {
            objectName: "login.back"
            width: parent.width
            iconName: "left"
            text: qsTr("先不登录，返回")
            onClicked: root.viewModel.leave()
        }
    ]
}
