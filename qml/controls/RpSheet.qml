// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme

// A panel over the lower part of the page; the rest is veiled and cannot be touched.
FocusScope {
    id: root

    default property alias content: column.data
    property string title: ""
    property bool notice: false
    property bool open: false
    signal veilTouched

    readonly property real panelTop: panel.y

    visible: open
    enabled: open
    Accessible.role: Accessible.Dialog
    Accessible.name: title

    Rectangle {
        anchors.fill: parent
        color: Theme.veil

        MouseArea {
            anchors.fill: parent
            Accessible.ignored: true
            onClicked: root.veilTouched()
        }
    }
    Rectangle {
        id: panel

        anchors.horizontalCenter: parent.horizontalCenter
        width: Theme.portrait ? root.width - Theme.px(24) : Math.min(root.width - Theme.margin * 2, Theme.px(1240))
        height: column.implicitHeight + Theme.pad * 2
        y: root.height - height - Theme.px(12)
        radius: Theme.radius
        color: root.notice ? Theme.notice : Theme.card
        border.width: Theme.borderBold
        border.color: root.notice ? Theme.noticeInk : Theme.ink1

        MouseArea {
            anchors.fill: parent
            Accessible.ignored: true
        }
        Column {
            id: column

            x: Theme.pad
            y: Theme.pad
            width: parent.width - Theme.pad * 2
            spacing: Theme.gap

            RpText {
                visible: text !== ""
                width: parent.width
                text: root.title
                font.pixelSize: Theme.fontHeading
                font.bold: true
                lineHeight: Theme.lineTitle
                color: root.notice ? Theme.noticeInk : Theme.ink1
            }
        }
    }
}
