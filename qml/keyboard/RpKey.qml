// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Templates as T
import Riderport.Theme
import Riderport.Controls

// One key. Repeats only where holding makes sense (delete); never takes the focus from the field.
T.AbstractButton {
    id: root

    property bool accent: false
    property bool dim: false
    property string spoken: text

    readonly property color face: root.accent ? (root.down ? Theme.brandPressed : Theme.brand)
        : root.down ? Theme.selected : root.dim ? Theme.lineSoft : Theme.card
    readonly property color ink: root.accent ? Theme.inkOnBrand : root.down ? Theme.inkOnSelected
        : root.dim && Theme.highContrast ? Theme.inkOnBrand : Theme.ink1

    focusPolicy: Qt.NoFocus
    implicitWidth: Theme.keyWidth
    implicitHeight: Theme.keyHeight
    Accessible.role: Accessible.Button
    Accessible.name: spoken
    Accessible.onPressAction: root.clicked()

    background: Rectangle {
        radius: Theme.radius
        color: root.face
        border.width: Theme.highContrast ? Theme.border : 0
        border.color: Theme.line
    }
    contentItem: RpText {
        text: root.text
        color: root.ink
        font.pixelSize: root.text.length > 1 ? Theme.fontKeyWord : Theme.fontKey
        font.bold: root.accent || root.dim
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        Accessible.ignored: true
    }
}
