// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Templates as T
import Riderport.Theme

// One answer of several. A mark, not only a colour, says that it is chosen.
T.AbstractButton {
    id: root

    property bool chosen: false
    property bool several: false // square mark: more than one may be chosen

    implicitHeight: Math.max(Theme.target, caption.implicitHeight + Theme.padSmall * 2)
    focusPolicy: Qt.StrongFocus
    Accessible.role: several ? Accessible.CheckBox : Accessible.RadioButton
    Accessible.name: text
    Accessible.checked: chosen
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    background: Rectangle {
        radius: Theme.radius
        color: root.chosen || root.down ? Theme.selected : Theme.card
        border.width: root.chosen ? Theme.borderBold : Theme.border
        border.color: root.chosen ? Theme.brandInk : Theme.line

        RpFocusRing {
            target: root
            visible: root.visualFocus
        }
    }
    contentItem: Item { // qmllint disable deferred-property-id
        Rectangle {
            id: mark

            x: Theme.padSmall
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.px(48)
            height: width
            radius: root.several ? Theme.px(8) : width / 2
            color: root.chosen ? Theme.brand : Theme.card
            border.width: Theme.borderBold
            border.color: root.chosen ? Theme.inkOnSelected : Theme.line

            RpIcon {
                anchors.centerIn: parent
                visible: root.chosen
                name: "check"
                size: Theme.px(36)
                ink: Theme.inkOnBrand
            }
        }
        RpText {
            id: caption

            x: mark.x + mark.width + Theme.gap
            width: parent.width - x - Theme.padSmall
            anchors.verticalCenter: parent.verticalCenter
            text: root.text
            font.bold: true
            lineHeight: Theme.lineTitle
            color: root.chosen || root.down ? Theme.inkOnSelected : Theme.ink1
            wrapMode: Text.WordWrap
            Accessible.ignored: true
        }
    }
}
