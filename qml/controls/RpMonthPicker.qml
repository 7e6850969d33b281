// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Riderport.Theme

// A month by touch alone: years are stepped through, months stand in a grid. Values are "YYYYMM".
Column {
    id: root

    property string value: ""
    property string earliest: "199001"
    property string latest: "209912"
    property int shownYear: value.length === 6 ? Number(value.slice(0, 4)) : Number(latest.slice(0, 4))
    signal picked(string newValue)

    readonly property int columnCount: Theme.portrait && !Theme.lowReach && !Theme.english ? 4 : Theme.lowReach ? 6 : 4
    readonly property list<string> monthNames: [qsTr("1月"), qsTr("2月"), qsTr("3月"), qsTr("4月"), qsTr("5月"), qsTr("6月"), qsTr("7月"), qsTr("8月"), qsTr("9月"), qsTr("10月"), qsTr("11月"), qsTr("12月")]

    function code(month: int): string {
        return String(shownYear) + (month < 10 ? "0" : "") + month;
    }

    // Stepping through years has cut the binding above; another value shows its own year again.
    onValueChanged: {
        if (value.length === 6)
            shownYear = Number(value.slice(0, 4));
    }

    spacing: Theme.gap

    Row {
        width: root.width
        spacing: Theme.gap

        RpButton {
            objectName: "month.earlierYear"
            width: Theme.textPx(220)
            height: Theme.target
            enabled: root.shownYear > Number(root.earliest.slice(0, 4))
            iconName: "left"
            text: qsTr("上一年")
            onClicked: root.shownYear -= 1
        }
        RpText {
            width: parent.width - Theme.textPx(220) * 2 - Theme.gap * 2
            height: Theme.target
            text: Theme.english ? root.shownYear : qsTr("%1年").arg(root.shownYear)
            font.pixelSize: Theme.fontHeading
            font.bold: true
            lineHeight: 1
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
        }
        RpButton {
            objectName: "month.laterYear"
            width: Theme.textPx(220)
            height: Theme.target
            enabled: root.shownYear < Number(root.latest.slice(0, 4))
            iconName: "right"
            text: qsTr("下一年")
            onClicked: root.shownYear += 1
        }
    }
    Grid {
        width: root.width
        columns: root.columnCount
        spacing: Theme.gap

        Repeater {
            model: 12

            T.AbstractButton {
                id: cell

                required property int index
                readonly property string code: root.code(index + 1)
                readonly property bool chosen: code === root.value

                objectName: "month." + code
                width: (root.width - Theme.gap * (root.columnCount - 1)) / root.columnCount
                height: Theme.target
                enabled: code >= root.earliest && code <= root.latest
                focusPolicy: Qt.StrongFocus
                text: root.monthNames[index]
                Accessible.role: Accessible.RadioButton
                Accessible.name: root.shownYear + " " + text
                Accessible.checked: chosen
                Accessible.onPressAction: cell.clicked()
                Keys.onReturnPressed: cell.clicked()
                Keys.onEnterPressed: cell.clicked()
                onClicked: root.picked(code)

                background: Rectangle {
                    radius: Theme.radius
                    color: !cell.enabled ? Theme.off : cell.chosen ? Theme.brand : cell.down ? Theme.selected : Theme.card
                    border.width: cell.chosen ? Theme.borderBold : Theme.border
                    border.color: !cell.enabled ? Theme.lineSoft : cell.chosen ? Theme.brandInk : Theme.line

                    RpFocusRing {
                        target: cell
                        visible: cell.visualFocus
                    }
                }
                contentItem: RpText {
                    text: cell.text
                    font.bold: cell.chosen
                    lineHeight: 1
                    color: !cell.enabled ? Theme.offInk : cell.chosen ? Theme.inkOnBrand : cell.down ? Theme.inkOnSelected : Theme.ink1
                    horizontalAlignment: Text.AlignHCenter
                    verticalAlignment: Text.AlignVCenter
                    wrapMode: Text.NoWrap
                    Accessible.ignored: true
                }
            }
        }
    }
}
