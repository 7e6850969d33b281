// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Ui

// Second and third way: show the rolling code of the phone to the camera or to the scanner.
RpCard {
    id: root

    required property LoginViewModel viewModel
    readonly property bool stacked: !Theme.portrait
    readonly property bool live: viewModel.camera === LoginViewModel.Live

    function hintText(hint: int): string {
        switch (hint) {
        case LoginViewModel.Closer:
            return qsTr("再靠近一点");
        case LoginViewModel.Tilt:
            return qsTr("把手机放正一点");
        case LoginViewModel.Brighter:
            return qsTr("把手机屏幕调亮一点");
        case LoginViewModel.LessGlare:
            return qsTr("反光了，稍微侧一下");
        case LoginViewModel.HoldStill:
            return qsTr("拿稳，别动");
        }
        return qsTr("把骑士码放进框里");
    }

    Item {
        width: parent.width
        height: root.stacked ? view.height + Theme.gap + words.implicitHeight : Math.max(view.height, words.implicitHeight)

        Rectangle {
            id: view

            objectName: "login.preview"
            x: root.stacked ? (parent.width - width) / 2 : parent.width - width
            width: root.stacked ? Theme.px(376) : Math.min(parent.width * 0.46, Theme.px(460))
            height: width * 0.75
            color: root.live ? Theme.frame : Theme.off
            border.width: Theme.border
            border.color: Theme.line
            Accessible.role: Accessible.Graphic
            Accessible.name: root.live ? qsTr("摄像头画面") : qsTr("没有摄像头画面")

            CameraPreviewItem {
                anchors.fill: parent
                anchors.margins: Theme.border
                visible: root.live
                image: root.viewModel.frame // qmllint disable
            }
            Rectangle {
                anchors.centerIn: parent
                visible: root.live
                width: parent.height * 0.7
                height: width
                radius: Theme.radius
                color: Theme.none
                border.width: Theme.px(6)
                border.color: root.viewModel.verifying ? Theme.ok : Theme.amber
            }
            Column {
                anchors.centerIn: parent
                visible: !root.live
                width: parent.width - Theme.pad * 2
                spacing: Theme.gap

                RpIcon {
                    anchors.horizontalCenter: parent.horizontalCenter
                    name: root.viewModel.camera === LoginViewModel.Starting ? "hourglass" : "camera-off"
                    ink: Theme.offInk
                }
                RpText {
                    width: parent.width
                    text: root.viewModel.camera === LoginViewModel.Starting ? qsTr("摄像头正在启动…") : qsTr("摄像头现在用不了")
                    font.pixelSize: Theme.fontHelp
                    color: Theme.offInk
                    horizontalAlignment: Text.AlignHCenter
                }
            }
        }
        Column {
            id: words

            y: root.stacked ? view.height + Theme.gap : 0
            width: root.stacked ? parent.width : view.x - Theme.gapWide
            spacing: Theme.gap

            RpText {
                width: parent.width
                text: qsTr("出示骑士码")
                font.pixelSize: Theme.fontHeading
                font.bold: true
                lineHeight: Theme.lineTitle
                Accessible.role: Accessible.Heading
            }
            RpText {
                width: parent.width
                text: root.live || root.viewModel.camera === LoginViewModel.Starting ? qsTr("打开手机上的骑士码，对准屏幕上方的摄像头。没有网络也能登录。") : root.viewModel.scannerReady ? qsTr("请把骑士码放到扫码器下面。") : qsTr("请用手机扫屏幕上的码登录，或按“呼叫”。")
                font.pixelSize: Theme.fontHelp
                color: Theme.ink2
            }
            RpIconLine {
                objectName: "login.hint"
                visible: root.live
                width: parent.width
                iconName: root.viewModel.verifying ? "check" : root.viewModel.hint === LoginViewModel.Brighter ? "light" : "qr"
                ink: root.viewModel.verifying ? Theme.ok : Theme.ink1
                strong: true
                size: Theme.fontBody
                text: root.viewModel.verifying ? qsTr("读到了，正在核对…") : root.hintText(root.viewModel.hint)
            }
            RpIconLine {
                visible: root.viewModel.scannerReady
                width: parent.width
                iconName: "check"
                ink: Theme.ok
                text: qsTr("扫码器可以用")
            }
        }
    }
}
