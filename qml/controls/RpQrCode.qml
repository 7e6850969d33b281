// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme

// White paper for a QR picture, which the page puts inside; says so when there is none.
Rectangle {
    id: root

    default property alias code: paper.data
    property bool ready: true
    property string placeholder: ""
    property string name: ""

    implicitWidth: Theme.qrLogin
    implicitHeight: implicitWidth
    radius: Theme.px(8)
    color: ready ? Theme.qrPaper : Theme.off
    border.width: Theme.border
    border.color: Theme.lineSoft
    Accessible.role: Accessible.Graphic
    Accessible.name: ready ? name : placeholder

    Item {
        id: paper

        anchors.fill: parent
        anchors.margins: Theme.px(4)
        visible: root.ready
    }
    RpText {
        anchors.centerIn: parent
        visible: !root.ready
        width: parent.width - Theme.pad * 2
        text: root.placeholder
        font.pixelSize: Theme.fontSmall
        color: Theme.offInk
        horizontalAlignment: Text.AlignHCenter
        Accessible.ignored: true
    }
}
