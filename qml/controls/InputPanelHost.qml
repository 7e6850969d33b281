// SPDX-License-Identifier: Apache-2.0
pragma Singleton
import QtQuick

// The meeting point of text fields and the on-screen keyboard: a field that gets the focus asks
// for the panel, the shell shows the keyboard above the bottom bar.
QtObject {
    id: root

    enum Mode {
        Words,
        Digits,
        IdNumber,
        Amount
    }

    property Item activeField: null
    property int mode: InputPanelHost.Words
    readonly property bool wanted: activeField !== null

    function request(field: Item, fieldMode: int): void {
        mode = fieldMode;
        activeField = field;
    }
    function release(field: Item): void {
        if (activeField === field)
            activeField = null;
    }
}
