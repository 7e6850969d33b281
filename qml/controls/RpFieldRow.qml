// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme

// Label left, value right (below it when both do not fit). Covered values are bars.
Item {
    id: root

    property string label: ""
    property string value: ""
    property bool personal: true
    property bool attention: false
    property bool separator: true
    property int padding: root.padding

    readonly property bool stacked: caption.implicitWidth + content.implicitWidth + Theme.gapWide > width
    readonly property bool hiddenNow: personal && Theme.covered

    implicitHeight: (stacked ? caption.implicitHeight + content.implicitHeight + Theme.px(6)
        : Math.max(caption.implicitHeight, content.implicitHeight)) + padding * 2
    Accessible.role: Accessible.StaticText
    Accessible.name: label + " " + (hiddenNow ? "" : value)

    RpText {
        id: caption

        y: root.padding
        width: Math.min(implicitWidth, root.width)
        text: root.label
        font.pixelSize: Theme.fontHelp
        color: root.attention ? Theme.bad : Theme.ink2
        font.bold: root.attention
        Accessible.ignored: true
    }
    RpText {
        id: content

        visible: !root.hiddenNow
        x: root.stacked ? 0 : root.width - width
        y: root.stacked ? caption.y + caption.height + Theme.px(6) : root.padding
        width: root.stacked ? root.width : implicitWidth
        text: root.value
        font.bold: true
        color: root.attention ? Theme.bad : Theme.ink1
        horizontalAlignment: root.stacked ? Text.AlignLeft : Text.AlignRight
        Accessible.ignored: true
    }
    Rectangle {
        visible: root.hiddenNow
        x: root.width - width
        y: (root.height - height) / 2
        width: Math.max(Theme.px(120), Math.min(content.implicitWidth, root.width / 2))
        height: Theme.px(32)
        radius: Theme.px(6)
        color: Theme.lineSoft
    }
    Rectangle {
        visible: root.separator
        y: root.height - height
        width: root.width
        height: Theme.border
        color: Theme.lineSoft
    }
}
