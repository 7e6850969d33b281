// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme

// Two rings outside a control, one of which contrasts with every surface.
Rectangle {
    id: root

    required property Item target
    property real corner: Theme.radius

    x: -Theme.px(10)
    y: -Theme.px(10)
    width: target.width + Theme.px(20)
    height: target.height + Theme.px(20)
    radius: corner + Theme.px(10)
    color: Theme.none
    border.color: Theme.focusOuter
    border.width: Theme.px(6)

    Rectangle {
        x: Theme.px(6)
        y: Theme.px(6)
        width: parent.width - Theme.px(12)
        height: parent.height - Theme.px(12)
        radius: root.corner + Theme.px(4)
        color: Theme.none
        border.color: Theme.focusInner
        border.width: Theme.px(4)
    }
}
