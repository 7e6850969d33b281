// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme

// Still grey bars in the shape of what is coming. No shimmer: it would cost 17 % of a core.
RpCard {
    id: root

    property int rows: 5

    spacing: Theme.gapWide
    Accessible.ignored: true

    Repeater {
        model: root.rows

        Item {
            required property int index

            width: parent ? parent.width : 0
            height: Theme.px(56)

            Rectangle {
                y: Theme.px(12)
                width: parent.width * (parent.index % 2 === 0 ? 0.28 : 0.36)
                height: Theme.px(32)
                radius: Theme.px(6)
                color: Theme.lineSoft
            }
            Rectangle {
                y: Theme.px(12)
                x: parent.width - width
                width: parent.width * (parent.index % 3 === 0 ? 0.36 : 0.24)
                height: Theme.px(32)
                radius: Theme.px(6)
                color: Theme.lineSoft
            }
        }
    }
}
