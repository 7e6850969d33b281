// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Riderport.Theme
import Riderport.Controls

// A record of a table: columns side by side where they have room, label over value where not.
Item {
    id: root

    property list<string> labels
    property list<string> values
    property bool head: false
    property bool attention: false

    readonly property bool stacked: labels.length > (Theme.largeText ? 3 : 5) || (Theme.english && labels.length > 4)
    readonly property int columns: stacked ? (Theme.largeText || Theme.english ? 2 : 3) : Math.max(1, labels.length)
    readonly property real cell: (width - Theme.padSmall * 2 - Theme.px(8) * (columns - 1)) / columns

    implicitHeight: grid.implicitHeight + Theme.padSmall

    Grid {
        id: grid

        x: Theme.padSmall
        y: Theme.px(8)
        columns: root.columns
        columnSpacing: Theme.px(8)
        rowSpacing: Theme.px(6)

        Repeater {
            model: root.labels.length

            Column {
                id: entry

                required property int index

                width: root.cell

                RpText {
                    visible: root.head || root.stacked
                    width: parent.width
                    text: root.labels[entry.index]
                    font.pixelSize: Theme.fontSmall
                    lineHeight: Theme.lineTitle
                    color: Theme.ink2
                }
                RpText {
                    visible: !root.head
                    width: Theme.covered ? Math.min(parent.width, Theme.px(120)) : parent.width
                    text: Theme.covered ? "****" : root.values[entry.index] ?? ""
                    font.pixelSize: Theme.fontHelp
                    font.bold: true
                    lineHeight: Theme.lineBody
                    color: root.attention ? Theme.bad : Theme.ink1
                }
            }
        }
    }
}
