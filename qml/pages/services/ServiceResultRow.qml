// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Templates as T
import Riderport.Theme
import Riderport.Controls
import Riderport.Ui

// One line of a result: a title, a label with a value, or a record of a table. A line with covered
// amounts is a button that uncovers it.
T.AbstractButton {
    id: root

    required property var row
    readonly property int rowKind: row.rowKind
    readonly property bool asTitle: rowKind === UiEnums.TitleRow
    readonly property bool asField: rowKind === UiEnums.FieldRow
    readonly property bool asHead: rowKind === UiEnums.TableHead
    readonly property bool asRecord: rowKind === UiEnums.TableRow
    readonly property bool coveredNow: Theme.covered
    readonly property bool pressable: row.hideable && !row.revealed && !Theme.lowReach
    signal revealAsked(string key)

    implicitHeight: asTitle ? heading.implicitHeight + Theme.gapWide : asField ? Math.max(field.implicitHeight + Theme.padSmall, pressable ? Theme.targetMin : 0)
        : asHead ? (record.stacked ? 0 : record.implicitHeight) : Math.max(record.implicitHeight, pressable ? Theme.targetMin : 0)
    visible: implicitHeight > 0
    enabled: pressable
    focusPolicy: pressable ? Qt.StrongFocus : Qt.NoFocus
    objectName: pressable ? "service.reveal." + row.key : "service.row." + row.key
    text: row.label
    Accessible.ignored: !pressable
    Accessible.role: Accessible.Button
    Accessible.name: (row.label === "" ? row.cellValues.join(" ") : row.label) + " " + qsTr("点一下显示金额")
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()
    onClicked: revealAsked(row.key)

    background: Rectangle {
        visible: !root.asTitle && !root.asHead
        radius: Theme.px(8)
        color: root.down ? Theme.selected : Theme.card
        border.width: root.row.attention ? Theme.border : Theme.px(1)
        border.color: root.row.attention ? Theme.bad : Theme.lineSoft

        RpFocusRing {
            target: root
            visible: root.visualFocus
        }
    }
    contentItem: Item { // qmllint disable deferred-property-id
        RpText {
            id: heading

            visible: root.asTitle
            y: Theme.padSmall
            width: parent.width
            text: root.asTitle ? root.row.label : ""
            font.pixelSize: Theme.textPx(42)
            font.bold: true
            lineHeight: Theme.lineTitle
        }
        RpFieldRow {
            id: field

            visible: root.asField
            x: Theme.padSmall
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - Theme.padSmall * 2 - (eye.visible ? eye.width + Theme.gap : 0)
            label: root.asField ? root.row.label : ""
            value: root.asField ? root.row.value : ""
            attention: root.row.attention
            separator: false
            padding: Theme.px(8)
        }
        RpIcon {
            id: eye

            visible: root.asField && root.row.hideable && !Theme.lowReach
            x: parent.width - width - Theme.padSmall
            anchors.verticalCenter: parent.verticalCenter
            name: root.row.revealed ? "eye" : "eye-off"
            size: Theme.iconSmall
            ink: root.down ? Theme.inkOnSelected : Theme.brandInk
        }
        ServiceRecord {
            id: record

            visible: root.asHead || root.asRecord
            width: parent.width
            head: root.asHead
            labels: root.asHead || root.asRecord ? root.row.cellLabels : []
            values: root.asRecord ? root.row.cellValues : []
            attention: root.row.attention
        }
    }
}
