// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Templates as T
import Riderport.Theme

// Push button. Primary: the one action of the page; Secondary: everything else; Danger: ends or
// deletes; Quiet: a small side action. Changes colour at press time.
T.AbstractButton {
    id: root

    enum Kind {
        Primary,
        Secondary,
        Danger,
        Quiet
    }

    property int kind: RpButton.Secondary
    property string iconName: ""
    property string description: ""

    readonly property bool filled: kind === RpButton.Primary
    readonly property color ink: !enabled ? Theme.offInk : filled ? Theme.inkOnBrand : kind === RpButton.Danger ? Theme.bad
        : down ? Theme.inkOnSelected : Theme.brandInk

    implicitWidth: Math.max(Theme.px(240), caption.implicitWidth + Theme.pad * 2 + (iconName === "" ? 0 : Theme.iconSmall + Theme.gap))
    implicitHeight: Math.max(filled ? Theme.targetPrimary : kind === RpButton.Quiet ? Theme.targetMin : Theme.target,
        caption.implicitHeight + Theme.padSmall)
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: description
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    background: Rectangle {
        radius: Theme.radius
        color: !root.enabled ? Theme.off : root.filled ? (root.down ? Theme.brandPressed : Theme.brand)
            : root.down ? Theme.selected : Theme.card
        border.width: root.filled && root.enabled ? 0 : Theme.border
        border.color: !root.enabled ? Theme.lineSoft : root.kind === RpButton.Danger ? Theme.bad : Theme.brandInk

        RpFocusRing {
            target: root
            visible: root.visualFocus
        }
    }

    contentItem: Item { // qmllint disable deferred-property-id
        Row {
            anchors.centerIn: parent
            spacing: Theme.gap

            RpIcon {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.iconName !== ""
                name: root.iconName
                size: Theme.iconSmall
                ink: root.ink
            }
            RpText {
                id: caption

                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, root.width - Theme.padSmall * 2 - (root.iconName === "" ? 0 : Theme.iconSmall + Theme.gap))
                text: root.text
                font.pixelSize: root.filled ? Theme.fontAction : Theme.fontBody
                font.bold: true
                lineHeight: Theme.lineTitle
                color: root.ink
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.WordWrap
                Accessible.ignored: true
            }
        }
    }
}
