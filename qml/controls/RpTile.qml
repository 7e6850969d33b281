// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Templates as T
import Riderport.Theme

// One thing that can be opened: icon, label, second line. A disabled tile always says why.
T.AbstractButton {
    id: root

    property string label: ""
    property string subtitle: ""
    property string iconName: ""
    property bool attention: false // second line in the error colour (deadlines)

    readonly property color ink: !enabled ? Theme.offInk : down ? Theme.inkOnSelected : Theme.ink1
    readonly property color inkSoft: !enabled ? Theme.offInk : down ? Theme.inkOnSelected : attention ? Theme.bad : Theme.ink2

    implicitWidth: Theme.tileWidth
    implicitHeight: Theme.tileHeight
    focusPolicy: Qt.StrongFocus
    text: label
    Accessible.role: Accessible.Button
    Accessible.name: label
    Accessible.description: subtitle
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    background: Rectangle {
        radius: Theme.radius
        color: !root.enabled ? Theme.off : root.down ? Theme.selected : Theme.card
        border.width: root.down ? Theme.borderBold : Theme.border
        border.color: !root.enabled ? Theme.lineSoft : root.down ? Theme.brandInk : Theme.line

        RpFocusRing {
            target: root
            visible: root.visualFocus
        }
    }

    contentItem: Item { // qmllint disable deferred-property-id
        RpIcon {
            id: picture

            x: Theme.gap
            anchors.verticalCenter: parent.verticalCenter
            name: root.iconName
            ink: root.enabled ? (root.down ? Theme.inkOnSelected : Theme.brandInk) : Theme.offInk
        }
        Column {
            x: picture.x + picture.width + Theme.px(14)
            width: parent.width - x - Theme.px(8)
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.px(6)

            RpText {
                width: parent.width
                text: root.label
                font.pixelSize: Theme.fontTile
                font.bold: true
                lineHeight: Theme.lineTitle
                color: root.ink
                wrapMode: Text.WordWrap
                Accessible.ignored: true
            }
            RpText {
                width: parent.width
                visible: text !== ""
                text: root.subtitle
                font.pixelSize: Theme.fontSmall
                font.bold: root.attention
                lineHeight: Theme.lineTitle
                color: root.inkSoft
                wrapMode: Text.WordWrap
                Accessible.ignored: true
            }
        }
    }
}
