// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Window
import Riderport.Theme
import Riderport.Ui

// The window. Writes the switches of the theme and shows the frame.
Window {
    id: root

    required property ShellViewModel shell
    property real scaleFactor: 1
    property int reachY: 576
    property int lowReachY: 1106
    readonly property string pageName: ["Attract", "Home", "Login", "Service", "Staff"][shell.router.page]

    color: Theme.bg
    title: "Riderport"

    Binding {
        target: Theme
        property: "scaleFactor"
        value: root.scaleFactor
    }
    Binding {
        target: Theme
        property: "portrait"
        value: root.height >= root.width
    }
    Binding {
        target: Theme
        property: "fit"
        value: Math.min(1, root.width / (Theme.portrait ? 1080 : 1920), root.height / (Theme.portrait ? 1920 : 1080))
    }
    Binding {
        target: Theme
        property: "largeText"
        value: root.shell.access.largeText
    }
    Binding {
        target: Theme
        property: "highContrast"
        value: root.shell.access.highContrast
    }
    Binding {
        target: Theme
        property: "lowReach"
        value: root.shell.access.lowReach
    }
    Binding {
        target: Theme
        property: "english"
        value: root.shell.access.english
    }
    Binding {
        target: Theme
        property: "covered"
        value: root.shell.warning
    }
    Binding {
        target: Theme
        property: "reachLine"
        value: root.shell.access.lowReach ? root.lowReachY : root.reachY
    }

    ShellFrame {
        anchors.fill: parent
        shell: root.shell
    }
}
