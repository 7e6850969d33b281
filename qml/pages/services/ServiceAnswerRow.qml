// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Templates as T
import Riderport.Theme
import Riderport.Controls

// One answer on the check page: label, value, and the word that it can be changed.
T.AbstractButton {
    id: root

    property string label: ""
    property string value: ""
    property string problem: ""
    property bool marked: false
    property bool touchable: true

    implicitHeight: Math.max(Theme.target, words.implicitHeight + Theme.padSmall * 2)
    enabled: touchable
    focusPolicy: Qt.StrongFocus
    text: label
    Accessible.role: Accessible.Button
    Accessible.name: label + " " + (Theme.covered ? "" : value)
    Accessible.description: problem !== "" ? problem : qsTr("修改")
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    background: Rectangle {
        radius: Theme.radius
        color: root.down || root.marked ? Theme.selected : Theme.card
        border.width: root.problem !== "" || root.marked ? Theme.borderBold : Theme.border
        border.color: root.problem !== "" ? Theme.bad : root.marked ? Theme.brandInk : Theme.line

        RpFocusRing {
            target: root
            visible: root.visualFocus
        }
    }
    contentItem: Item { // qmllint disable deferred-property-id
        Column {
            id: words

            x: Theme.pad
            width: change.x - x - Theme.gap
            anchors.verticalCenter: parent.verticalCenter

            RpText {
                width: parent.width
                text: root.label
                font.pixelSize: Theme.fontSmall
                color: root.down || root.marked ? Theme.inkOnSelected : Theme.ink2
                Accessible.ignored: true
            }
            RpText {
                width: parent.width
                text: Theme.covered ? "****" : root.value
                font.bold: true
                color: root.down || root.marked ? Theme.inkOnSelected : Theme.ink1
                Accessible.ignored: true
            }
            RpText {
                visible: text !== ""
                width: parent.width
                text: root.problem
                font.pixelSize: Theme.fontHelp
                font.bold: true
                color: root.marked && Theme.highContrast ? Theme.inkOnSelected : Theme.bad
                Accessible.ignored: true
            }
        }
        RpText {
            id: change

            x: parent.width - width - Theme.pad
            width: visible ? implicitWidth : 0
            anchors.verticalCenter: parent.verticalCenter
            visible: root.touchable
            text: qsTr("修改")
            font.bold: true
            color: root.down ? Theme.inkOnSelected : Theme.brandInk
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }
    }
}
