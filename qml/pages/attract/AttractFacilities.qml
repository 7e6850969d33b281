// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Texts
import Riderport.Ui

// What the station offers, from its record.
Grid {
    id: root

    required property AttractViewModel viewModel

    readonly property var flags: FacilityTexts.known(viewModel.capabilities)

    columns: Theme.english || !Theme.portrait ? 2 : 3
    columnSpacing: Theme.gapWide
    rowSpacing: Theme.px(20)

    Repeater {
        model: root.flags.length

        RpIconLine {
            required property int index

            width: (root.width - root.columnSpacing * (root.columns - 1)) / root.columns
            iconName: FacilityTexts.icons[root.flags[index]]
            text: FacilityTexts.names[root.flags[index]]
            size: Theme.px(34)
            ink: Theme.ink1
        }
    }
}
