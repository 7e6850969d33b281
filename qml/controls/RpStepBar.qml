// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Riderport.Theme

// "第 2 步，共 5 步" and a bar of as many pieces.
Column {
    id: root

    property int current: 1
    property int count: 1

    width: parent ? parent.width : 0
    spacing: Theme.px(10)

    RpText {
        text: qsTr("第 %1 步，共 %2 步").arg(root.current).arg(root.count)
        font.pixelSize: Theme.fontHelp
        color: Theme.ink2
    }
    Row {
        width: root.width
        spacing: Theme.px(12)

        Repeater {
            model: root.count

            Rectangle {
                required property int index

                width: (root.width - Theme.px(12) * (root.count - 1)) / root.count
                height: Theme.px(16)
                radius: height / 2
                color: index < root.current ? Theme.brand : Theme.lineSoft
                border.width: Theme.highContrast ? Theme.border : 0
                border.color: Theme.brand
            }
        }
    }
}
