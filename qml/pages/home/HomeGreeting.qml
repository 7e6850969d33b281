// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Ui

// Guest: scan to log in. Worker: a greeting with the masked name.
Rectangle {
    id: root

    required property HomeViewModel viewModel
    readonly property LoginViewModel login: viewModel.login
    readonly property bool codeShown: login.ticket === LoginViewModel.Showing || login.ticket === LoginViewModel.Scanned
    readonly property bool wide: Theme.portrait
    readonly property real codeSize: wide ? Math.min(height - padding * 2, Theme.px(460), width * 0.44) : Math.min(width - padding * 2, height * 0.42)

    // Little room (banner, large text, landscape): the step everybody knows and the countdown go.
    readonly property bool tight: wide ? height < Theme.textPx(Theme.english ? 450 : 400) : height < Theme.textPx(820)
    readonly property bool cramped: wide ? height < Theme.textPx(320) : height < Theme.textPx(600)
    readonly property int padding: tight ? Theme.padSmall : Theme.pad

    objectName: "home.greeting"
    clip: true
    radius: Theme.radius
    color: Theme.card
    border.width: Theme.border
    border.color: Theme.lineSoft

    RpQrCode {
        id: code

        objectName: "home.qr"
        visible: !root.viewModel.loggedIn
        x: root.wide ? root.width - width - root.padding : (root.width - width) / 2
        y: root.wide ? (root.height - height) / 2 : words.y + title.height + Theme.gap
        width: root.codeSize
        height: root.codeSize
        ready: root.codeShown
        name: qsTr("登录二维码")
        placeholder: root.login.ticket === LoginViewModel.Offline ? qsTr("没有网络，请用骑士码登录") : root.login.ticket === LoginViewModel.Cancelled ? qsTr("已取消") : qsTr("正在准备二维码…")

        QrCodeItem {
            anchors.fill: parent
            image: root.login.ticketQr // qmllint disable
        }
    }
    Column {
        id: words

        x: Theme.pad
        y: root.wide ? Math.max(root.padding, (root.height - implicitHeight) / 2) : root.padding
        width: root.wide && code.visible ? code.x - x - Theme.gapWide : root.width - Theme.pad * 2
        spacing: Theme.gap

        RpText {
            id: title

            width: parent.width
            text: !root.viewModel.loggedIn ? qsTr("手机扫码登录") : root.viewModel.workerName !== "" ? qsTr("%1，您好").arg(Theme.covered ? "***" : root.viewModel.workerName) : qsTr("您好")
            font.pixelSize: Theme.portrait ? Theme.textPx(root.cramped ? 40 : Theme.english ? 48 : 56) : Theme.textPx(Theme.english ? 38 : 44)
            font.bold: true
            lineHeight: Theme.lineTitle
        }
        Item {
            visible: !root.wide && code.visible
            width: 1
            height: code.height
        }
        RpNumberedList {
            visible: !root.viewModel.loggedIn && !root.tight
            size: root.wide ? Theme.fontHelp : Theme.fontSmall
            lines: root.login.ticket === LoginViewModel.Offline ? [qsTr("打开手机上的骑士码"), qsTr("按下面的按钮，对准摄像头")] : [qsTr("打开微信或支付宝扫一扫"), qsTr("手机上的数字和这里一样才确认")]
        }
        RpText {
            visible: !root.viewModel.loggedIn && root.tight && !(root.cramped && root.codeShown)
            width: parent.width
            text: root.login.ticket === LoginViewModel.Offline ? qsTr("按下面的按钮，对准摄像头") : qsTr("手机上的数字和这里一样才确认")
            font.pixelSize: Theme.fontSmall
        }
        Row {
            visible: !root.viewModel.loggedIn && root.codeShown
            spacing: Theme.gap

            RpText {
                anchors.baseline: number.baseline
                text: qsTr("核对数字")
                font.pixelSize: Theme.fontHelp
                color: Theme.ink2
            }
            RpText {
                id: number

                objectName: "home.matchCode"
                text: root.login.matchCode
                font.pixelSize: Theme.textPx(60)
                font.bold: true
                lineHeight: 1
                color: Theme.brandInk
            }
        }
        RpIconLine {
            visible: !root.viewModel.loggedIn && root.codeShown && !root.tight
            width: parent.width
            iconName: "clock"
            size: Theme.fontSmall
            text: qsTr("%1 秒后换新码").arg(root.login.ticketSecondsLeft)
        }
        RpText {
            visible: root.viewModel.loggedIn
            width: parent.width
            text: root.viewModel.verifiedOffline ? qsTr("您已用骑士码离线登录，恢复联网后自动确认。") : qsTr("您已登录。办完请按左下角“结束”，您的信息会马上清除。")
            color: Theme.ink2
        }
    }
}
