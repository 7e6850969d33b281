// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Ui

// Everything around a page: header, banners, bottom bar, sheets. Without a window of its own, so
// that tests and the gallery can place it anywhere.
Item {
    id: root

    required property ShellViewModel shell
    readonly property bool bare: pages.bare

    function demoText(): string {
        return shell.demoData ? qsTr("演示数据") : "";
    }
    function who(): string {
        const modes = Array.from([shell.access.largeText ? qsTr("大字") : "", shell.access.lowReach ? qsTr("低位") : ""]).filter(m => m !== "");
        if (modes.length > 0 && Theme.portrait)
            return modes.join(" · ");
        return shell.loggedIn && !shell.warning ? shell.workerName : "";
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.bg
    }
    Binding {
        target: Theme
        property: "pageTop"
        value: pages.y
    }
    RpHeader {
        id: header

        width: parent.width
        title: pages.title !== "" ? pages.title : root.shell.stationName !== "" ? root.shell.stationName : qsTr("骑士港驿站")
        badge: root.demoText()
        who: root.who()
        day: Theme.portrait && who !== "" ? "" : root.shell.dayText
        time: root.shell.timeText
    }
    StaffGesture {
        width: header.width
        height: header.height
        onMade: root.shell.router.openStaff()
    }
    Column {
        id: banners

        y: header.height
        width: parent.width

        ErrorBanner {
            shell: root.shell
            width: parent.width
        }
        OfflineBanner {
            shell: root.shell
            width: parent.width
        }
    }
    PageHost {
        id: pages

        shell: root.shell
        y: banners.y + banners.height
        width: parent.width
        height: inputPanel.y - y
    }
    Loader {
        id: inputPanel

        // By address: a terminal on which nobody types never loads the keyboard.
        readonly property bool wanted: InputPanelHost.wanted && root.shell.keyboard !== null

        onWantedChanged: {
            if (wanted)
                setSource(Qt.resolvedUrl("../Keyboard/KeyboardPanel.qml"), {
                    viewModel: root.shell.keyboard
                });
            else
                source = "";
        }
        width: parent.width
        height: (item as Item)?.implicitHeight ?? 0
        y: bar.y - height
    }
    CallSheet {
        shell: root.shell
        width: parent.width
        height: bar.y
    }
    RpBottomBar {
        id: bar

        visible: !root.bare
        width: parent.width
        height: visible ? implicitHeight : 0
        y: root.height - height
        endsSession: root.shell.loggedIn
        callOpen: root.shell.router.callSheetOpen
        onHomeClicked: {
            if (root.shell.loggedIn) {
                root.shell.router.endSession();
                return;
            }
            root.shell.router.callSheetOpen = false;
            root.shell.router.goHome();
            pages.reset();
        }
        onCallClicked: root.shell.router.callSheetOpen = !root.shell.router.callSheetOpen
        onLargeTextClicked: root.shell.access.largeText = !root.shell.access.largeText
        onHighContrastClicked: root.shell.access.highContrast = !root.shell.access.highContrast
        onLowReachClicked: root.shell.access.lowReach = !root.shell.access.lowReach
        onLanguageClicked: root.shell.access.toggleLanguage()
    }
    IdleOverlay {
        shell: root.shell
        anchors.fill: parent
    }
}
