// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme

// Nothing here: an icon, one sentence, and room for one action below.
Column {
    id: root

    property string iconName: "empty"
    property string text: ""
    property string help: ""

    width: parent ? parent.width : 0
    spacing: Theme.gapWide

    RpIcon {
        anchors.horizontalCenter: parent.horizontalCenter
        name: root.iconName
        size: Theme.iconHuge
        ink: Theme.ink2
    }
    RpText {
        width: parent.width
        text: root.text
        font.bold: true
        horizontalAlignment: Text.AlignHCenter
    }
    RpText {
        width: parent.width
        visible: text !== ""
        text: root.help
        font.pixelSize: Theme.fontHelp
        color: Theme.ink2
        horizontalAlignment: Text.AlignHCenter
    }
}
