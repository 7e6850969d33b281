// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme

// Hidden way for attendants: five touches on the left end of the header, then hold the right end.
// Needs two places in the right order within a few seconds, which neither children nor rain do.
Item {
    id: root

    property int touches: 0
    signal made

    Accessible.ignored: true

    Timer {
        id: patience

        interval: 6000
        onTriggered: root.touches = 0
    }
    MouseArea {
        objectName: "shell.staffFirst"
        width: Theme.px(220)
        height: root.height
        Accessible.ignored: true
        onClicked: {
            root.touches += 1;
            patience.restart();
        }
    }
    MouseArea {
        objectName: "shell.staffSecond"
        x: root.width - width
        width: Theme.px(220)
        height: root.height
        pressAndHoldInterval: 1500
        Accessible.ignored: true
        onPressAndHold: {
            if (root.touches === 5)
                root.made();
            root.touches = 0;
        }
    }
}
