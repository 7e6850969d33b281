// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme

// A small icon and a sentence beside it.
Item {
    id: root

    property string iconName: "info"
    property string text: ""
    property color ink: Theme.ink2
    property int size: Theme.fontHelp
    property bool strong: false

    implicitWidth: words.implicitWidth + Theme.iconSmall + Theme.px(12)
    implicitHeight: Math.max(Theme.iconSmall, words.height)

    RpIcon {
        y: Math.max(0, (Math.min(root.height, words.font.pixelSize * 1.4) - height) / 2)
        name: root.iconName
        size: Theme.iconSmall
        ink: root.ink
    }
    RpText {
        id: words

        x: Theme.iconSmall + Theme.px(12)
        width: root.width > 0 ? root.width - x : implicitWidth
        text: root.text
        font.pixelSize: root.size
        font.bold: root.strong
        color: root.ink
    }
}
