// SPDX-License-Identifier: Apache-2.0
import QtQuick

Window {
    id: root

    width: 1080
    height: 1920
    visible: true
    flags: Qt.FramelessWindowHint
    color: "#f2f5f9"

    Rectangle {
        width: root.width
        height: 112
        color: "#0b2447"

        Text {
            anchors.centerIn: parent
            color: "white"
            font.family: "Noto Sans CJK SC"
            font.pixelSize: 48
            text: "车城骑士港驿站 14:26"
        }
    }
}
