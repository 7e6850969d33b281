// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme

// The same six buttons at the same place on every page.
Rectangle {
    id: root

    property bool endsSession: false
    property bool atHome: false
    property bool callOpen: false
    property alias homeButton: home
    signal homeClicked
    signal callClicked
    signal largeTextClicked
    signal highContrastClicked
    signal lowReachClicked
    signal languageClicked

    implicitHeight: Theme.barHeight
    color: Theme.frame

    Rectangle {
        width: parent.width
        height: Theme.border
        color: Theme.highContrast ? Theme.line : Theme.frame
    }
    Row {
        id: row

        readonly property real cell: (width - spacing * 5) / 6

        anchors.centerIn: parent
        width: parent.width - Theme.px(40)
        spacing: Theme.gap

        RpBarButton {
            id: home

            objectName: root.endsSession ? "shell.logout" : "shell.home"
            width: row.cell
            iconName: root.endsSession ? "logout" : "home"
            text: root.endsSession ? qsTr("结束") : qsTr("首页")
            lit: false
            onClicked: root.homeClicked()
        }
        RpBarButton {
            objectName: "shell.call"
            width: row.cell
            iconName: "bell"
            text: qsTr("呼叫")
            lit: root.callOpen
            onClicked: root.callClicked()
        }
        RpBarButton {
            objectName: "shell.largeText"
            width: row.cell
            iconName: "text-size"
            text: qsTr("大字")
            lit: Theme.largeText
            onClicked: root.largeTextClicked()
        }
        RpBarButton {
            objectName: "shell.highContrast"
            width: row.cell
            iconName: "contrast"
            text: qsTr("高对比")
            lit: Theme.highContrast
            onClicked: root.highContrastClicked()
        }
        RpBarButton {
            objectName: "shell.lowReach"
            width: row.cell
            iconName: "low-reach"
            text: qsTr("低位")
            lit: Theme.lowReach
            onClicked: root.lowReachClicked()
        }
        RpBarButton {
            objectName: "shell.language"
            width: row.cell
            iconName: "globe"
            text: Theme.english ? "中文" : "English"
            onClicked: root.languageClicked()
        }
    }
}
