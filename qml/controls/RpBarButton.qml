// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Templates as T
import Riderport.Theme

// One button of the bottom bar; lit while its mode is on.
T.AbstractButton {
    id: root

    property string iconName: ""
    property bool lit: false
    readonly property color ink: lit ? Theme.inkOnAmber : Theme.inkOnFrame

    implicitHeight: Theme.barButtonHeight
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.checked: lit
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    background: Rectangle {
        radius: Theme.radius
        color: root.lit ? Theme.amber : root.down ? Theme.brand : Theme.frame
        border.width: root.down ? Theme.borderBold : Theme.border
        border.color: root.lit ? Theme.amber : Theme.frameInk2

        RpFocusRing {
            target: root
            visible: root.visualFocus
        }
    }
    contentItem: Item {
        Column {
            anchors.centerIn: parent
            width: parent.width - Theme.px(8)
            spacing: Theme.px(6)

            RpIcon {
                anchors.horizontalCenter: parent.horizontalCenter
                name: root.iconName
                size: Theme.portrait ? Theme.px(56) : Theme.px(44)
                ink: root.ink
            }
            RpText {
                width: parent.width
                text: root.text
                font.pixelSize: Theme.fontBar
                font.bold: true
                lineHeight: 1
                color: root.ink
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.WordWrap
                Accessible.ignored: true
            }
        }
    }
}
