// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Ui

// How to log in, and what can be done here today.
Column {
    id: root

    required property AttractViewModel viewModel

    spacing: Theme.gapWide

    RpNumberedList {
        size: Theme.px(40)
        lines: [qsTr("用手机扫屏幕上的码"), qsTr("在手机上点“确认登录”"), qsTr("选一项，马上查到")]
    }
    RpText {
        width: parent.width
        text: qsTr("现在可办：%1").arg(Array.from(root.viewModel.serviceNames).join(qsTr("、")))
        font.pixelSize: Theme.px(36)
        color: Theme.ink2
    }
}
