// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Ui

// Buttons for what the descriptor proposes. Calling a number opens the help sheet, because this
// terminal has no telephone; going somewhere is only said.
Column {
    id: root

    required property ServiceViewModel viewModel

    property bool hotlines: true // false where the number is shown already

    visible: implicitHeight > 0
    spacing: Theme.gap

    Repeater {
        model: root.viewModel.nextSteps

        Item {
            id: entry

            required property int index
            required property var model
            readonly property int action: model.action
            readonly property bool pressable: action === UiEnums.OpenService || action === UiEnums.CallHotline

            visible: action !== UiEnums.TryAgain && (root.hotlines || action !== UiEnums.CallHotline)
            width: root.width
            height: !visible ? 0 : pressable ? button.height : line.height

            RpButton {
                id: button

                objectName: "service.nextStep." + entry.index
                visible: entry.pressable
                width: parent.width
                iconName: entry.action === UiEnums.OpenService ? "right" : "phone"
                text: entry.model.label
                onClicked: {
                    if (entry.action === UiEnums.OpenService)
                        root.viewModel.openService(entry.model.target);
                    else
                        root.viewModel.callStaff();
                }
            }
            RpIconLine {
                id: line

                visible: !entry.pressable
                width: parent.width
                iconName: entry.action === UiEnums.UsePhoneApp ? "mobile" : "pin"
                ink: Theme.ink1
                text: entry.model.label
            }
        }
    }
}
