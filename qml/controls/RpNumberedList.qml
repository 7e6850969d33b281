// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Riderport.Theme

// Steps with numbers, or plain items with a dot.
Column {
    id: root

    property var lines: [] // strings; a QStringList as well as a list of literals
    property bool numbered: true
    property int size: Theme.fontBody

    width: parent ? parent.width : 0
    spacing: Theme.px(14)

    Repeater {
        model: root.lines.length

        Item {
            id: entry

            required property int index

            width: root.width
            height: Math.max(mark.height, words.implicitHeight)

            Rectangle {
                id: mark

                y: root.numbered ? Theme.px(2) : (words.font.pixelSize * Theme.lineBody - height) / 2
                x: root.numbered ? 0 : Theme.px(14)
                width: root.numbered ? Math.round(root.size * 1.25) : Theme.px(12)
                height: width
                radius: width / 2
                color: root.numbered ? Theme.brand : Theme.ink2

                RpText {
                    anchors.centerIn: parent
                    visible: root.numbered
                    text: entry.index + 1
                    font.pixelSize: Math.round(root.size * 0.8)
                    font.bold: true
                    lineHeight: 1
                    color: Theme.inkOnBrand
                    Accessible.ignored: true
                }
            }
            RpText {
                id: words

                x: Math.round(root.size * 1.25) + Theme.gap
                width: parent.width - x
                text: root.lines[entry.index]
                font.pixelSize: root.size
            }
        }
    }
}
