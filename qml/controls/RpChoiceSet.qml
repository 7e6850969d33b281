// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Riderport.Theme

// The answers of one question in one or two columns. `value` is the chosen value, for several
// answers a comma-separated list in the order of the options.
Grid {
    id: root

    property list<string> values
    property list<string> labels
    property string value: ""
    property bool several: false
    property string namePrefix: "choice"
    signal picked(string newValue)

    function toggled(option: string): string {
        if (!several)
            return option;
        const chosen = value === "" ? [] : value.split(",");
        return values.filter(v => v === option ? !chosen.includes(v) : chosen.includes(v)).join(",");
    }

    columns: values.length > 3 || Theme.lowReach ? 2 : 1
    spacing: Theme.gap

    Repeater {
        model: root.values.length

        RpChoice {
            required property int index

            objectName: root.namePrefix + "." + root.values[index]
            width: (root.width - root.spacing * (root.columns - 1)) / root.columns
            text: root.labels[index] ?? ""
            several: root.several
            chosen: root.value.split(",").includes(root.values[index])
            onClicked: root.picked(root.toggled(root.values[index]))
        }
    }
}
