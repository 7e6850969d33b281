// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Ui

// Where the attendants' program will open. It is a program of its own and not on this terminal.
RpPage {
    id: root

    required property HomeViewModel viewModel

    title: qsTr("管理模式")
    heading: qsTr("管理程序没有安装")

    RpCard {
        width: parent.width

        RpText {
            objectName: "staff.message"
            width: parent.width
            text: qsTr("这台终端上没有安装管理程序（riderport-admin）。本次操作已记录。")
        }
        RpText {
            width: parent.width
            text: qsTr("工作人员请联系区平台运维；其他人请返回首页。")
            color: Theme.ink2
        }
    }

    controls: [
        RpNavRow {
            backVisible: false
            nextText: qsTr("返回首页")
            nextName: "staff.home"
            nextIcon: "home"
            onNextClicked: root.viewModel.goHome()
        }
    ]
}
