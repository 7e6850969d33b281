// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Ui

// First way: the phone scans the screen, the worker compares two digits.
RpCard {
    id: root

    required property LoginViewModel viewModel
    readonly property bool stacked: !Theme.portrait
    readonly property bool shown: viewModel.ticket === LoginViewModel.Showing || viewModel.ticket === LoginViewModel.Scanned

    Item {
        width: parent.width
        height: root.stacked ? code.height + Theme.gap + words.implicitHeight : Math.max(code.height, words.implicitHeight)

        RpQrCode {
            id: code

            objectName: "login.qr"
            x: root.stacked ? (parent.width - width) / 2 : parent.width - width
            width: root.stacked ? Theme.px(272) : Math.min(parent.width * 0.42, Theme.px(400))
            height: width
            ready: root.shown
            name: qsTr("登录二维码")
            placeholder: {
                switch (root.viewModel.ticket) {
                case LoginViewModel.Offline:
                    return qsTr("没有网络，扫码登录用不了。请用下面的骑士码。");
                case LoginViewModel.Cancelled:
                    return qsTr("您在手机上取消了登录。按“换一个码”可以再试。");
                case LoginViewModel.Expired:
                    return qsTr("码过期了，正在换新的…");
                }
                return qsTr("正在准备二维码…");
            }

            QrCodeItem {
                anchors.fill: parent
                image: root.viewModel.ticketQr // qmllint disable
            }
        }
        Column {
            id: words

            y: root.stacked ? code.height + Theme.gap : 0
            width: root.stacked ? parent.width : code.x - Theme.gapWide
            spacing: Theme.gap

            RpText {
                width: parent.width
                text: qsTr("手机扫这个码")
                font.pixelSize: Theme.fontHeading
                font.bold: true
                lineHeight: Theme.lineTitle
                Accessible.role: Accessible.Heading
            }
            RpNumberedList {
                size: Theme.fontHelp
                lines: [qsTr("打开微信或支付宝扫一扫"), qsTr("手机上的数字和这里一样才确认")]
            }
            Row {
                visible: root.shown
                spacing: Theme.gap

                RpText {
                    anchors.baseline: number.baseline
                    text: qsTr("核对数字")
                    font.pixelSize: Theme.fontHelp
                    color: Theme.ink2
                }
                RpText {
                    id: number

                    objectName: "login.matchCode"
                    text: root.viewModel.matchCode
                    font.pixelSize: Theme.textPx(88)
                    font.bold: true
                    lineHeight: 1
                    color: Theme.brandInk
                }
            }
            RpIconLine {
                visible: root.shown
                width: parent.width
                iconName: root.viewModel.ticket === LoginViewModel.Scanned ? "mobile" : "clock"
                ink: root.viewModel.ticket === LoginViewModel.Scanned ? Theme.ok : Theme.ink2
                strong: root.viewModel.ticket === LoginViewModel.Scanned
                text: root.viewModel.ticket === LoginViewModel.Scanned ? qsTr("已扫到，请在手机上确认") : qsTr("%1 秒后换新码").arg(root.viewModel.ticketSecondsLeft)
            }
        }
    }
}
