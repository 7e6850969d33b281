// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme

// One line of typed text. Asks for the input panel while it has the focus.
FocusScope {
    id: root

    property string text: ""
    property string label: ""
    property string problem: ""
    property int mode: InputPanelHost.Words
    property int maximumLength: 500
    property alias input: edit
    signal edited(string newText)

    implicitHeight: Theme.targetPrimary

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: Theme.card
        border.width: root.problem !== "" || edit.activeFocus ? Theme.borderBold : Theme.border
        border.color: root.problem !== "" ? Theme.bad : edit.activeFocus ? Theme.brandInk : Theme.line
    }
    TextInput {
        id: edit

        anchors.fill: parent
        anchors.leftMargin: Theme.pad
        anchors.rightMargin: Theme.pad
        focus: true
        activeFocusOnTab: true
        text: root.text
        color: Theme.ink1
        font.family: Theme.family
        font.pixelSize: Theme.fontAction
        verticalAlignment: TextInput.AlignVCenter
        maximumLength: root.maximumLength
        selectByMouse: false
        clip: true
        inputMethodHints: Qt.ImhSensitiveData | Qt.ImhNoPredictiveText
        validator: root.mode === InputPanelHost.Digits ? digits : root.mode === InputPanelHost.IdNumber ? idNumber : root.mode === InputPanelHost.Amount ? amount : null
        Accessible.role: Accessible.EditableText
        Accessible.name: root.label
        Accessible.description: root.problem
        // Also text that the on-screen keyboard inserted, which is not "edited" to TextInput.
        onTextChanged: {
            if (text !== root.text)
                root.edited(text);
        }
        onActiveFocusChanged: {
            if (activeFocus)
                InputPanelHost.request(edit, root.mode);
            else
                InputPanelHost.release(edit);
        }
        Component.onDestruction: InputPanelHost.release(edit)
    }
    RegularExpressionValidator {
        id: digits

        regularExpression: /[0-9]*/
    }
    RegularExpressionValidator {
        id: idNumber

        regularExpression: /[0-9]{0,17}[0-9Xx]?/
    }
    RegularExpressionValidator {
        id: amount

        regularExpression: /[0-9]{0,10}(\.[0-9]{0,2})?/
    }
}
