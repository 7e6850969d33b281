// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Ui

// Where this is and when it is open.
Column {
    id: root

    required property AttractViewModel viewModel

    spacing: Theme.gapWide

    RpIconLine {
        visible: root.viewModel.address !== ""
        width: parent.width
        iconName: "pin"
        size: Theme.px(40)
        ink: Theme.ink1
        text: root.viewModel.address
    }
    RpIconLine {
        width: parent.width
        iconName: "clock"
        size: Theme.px(40)
        ink: Theme.ink1
        text: root.viewModel.openFrom === "" && root.viewModel.openUntil === "" ? qsTr("全天开放") : qsTr("开放时间 %1 – %2").arg(root.viewModel.openFrom).arg(root.viewModel.openUntil)
    }
    RpIconLine {
        visible: root.viewModel.phone !== ""
        width: parent.width
        iconName: "phone"
        size: Theme.px(40)
        ink: Theme.ink1
        text: qsTr("驿站电话 %1").arg(root.viewModel.phone)
    }
}
