// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Ui

// "Send to my phone": a code to scan, or what is keeping it.
RpSheet {
    id: root

    required property ServiceViewModel viewModel

    open: viewModel.phoneSheetOpen
    title: qsTr("发到手机")
    onVeilTouched: viewModel.closePhoneSheet()

    Item {
        width: parent.width
        height: Math.max(code.height, words.implicitHeight)

        RpQrCode {
            id: code

            objectName: "service.phoneQr"
            width: Theme.px(400)
            height: width
            ready: !picture.empty
            name: qsTr("用手机扫这个码取走结果")
            placeholder: root.viewModel.phonePending ? qsTr("正在准备二维码…") : qsTr("现在拿不到取件码，请稍后再试。")

            QrCodeItem {
                id: picture

                anchors.fill: parent
                image: root.viewModel.phoneQr // qmllint disable
            }
        }
        Column {
            id: words

            x: code.width + Theme.gapWide
            width: parent.width - x
            spacing: Theme.gap

            RpText {
                width: parent.width
                text: qsTr("用手机扫这个码取走结果")
                font.bold: true
            }
            RpText {
                width: parent.width
                text: qsTr("只有您本人的手机能打开。")
                font.pixelSize: Theme.fontHelp
                color: Theme.ink2
            }
        }
    }
    RpButton {
        objectName: "service.closePhone"
        width: parent.width
        kind: RpButton.Primary
        text: qsTr("好了")
        onClicked: root.viewModel.closePhoneSheet()
    }
}
