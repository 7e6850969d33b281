// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme

// A white surface that groups what belongs together; children stack with the normal gap.
Rectangle {
    id: root

    default property alias content: column.data
    property alias spacing: column.spacing
    property int padding: Theme.pad

    implicitHeight: column.implicitHeight + padding * 2
    radius: Theme.radius
    color: Theme.card
    border.width: Theme.border
    border.color: Theme.lineSoft

    Column {
        id: column

        x: root.padding
        y: root.padding
        width: root.width - root.padding * 2
        spacing: Theme.gap
    }
}
