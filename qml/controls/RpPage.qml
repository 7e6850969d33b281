// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme

// Layout of every page but home: reading matter above (left in landscape), controls below (right),
// always at the same place and always in reach. What does not fit is read page by page with two
// buttons, because a list that must be dragged is no use with a glove.
Item {
    id: root

    default property alias content: contentColumn.data
    property alias controls: controlColumn.data
    property string title: ""
    property string heading: ""
    property string subheading: ""
    property real split: 0.56 // landscape: share of the reading matter

    readonly property real contentWidth: Theme.portrait ? width - Theme.margin * 2 : (width - Theme.margin * 2) * split - Theme.gapWide
    // Reckoned without the two buttons that overflowing brings: nothing here may depend on itself.
    readonly property real freeHeight: height - (Theme.portrait ? controlColumn.implicitHeight + Theme.gap : 0) - Theme.gap
    readonly property bool overflowing: contentColumn.implicitHeight + Theme.pad * 2 > freeHeight + 1
    property alias contentY: view.contentY

    function showTop(): void {
        view.contentY = 0;
    }

    Flickable {
        id: view

        x: Theme.margin
        y: 0
        width: root.contentWidth
        height: (Theme.portrait ? controlArea.y : root.height) - Theme.gap
        contentWidth: width
        contentHeight: contentColumn.implicitHeight + Theme.pad * 2
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        interactive: root.overflowing && !Theme.lowReach
        pixelAligned: true

        Column {
            id: contentColumn

            y: Theme.pad
            width: view.width
            spacing: Theme.gapWide

            RpText {
                visible: text !== ""
                width: parent.width
                text: root.heading
                font.pixelSize: Theme.portrait ? Theme.fontTitle : Theme.fontHeading
                font.bold: true
                lineHeight: Theme.lineTitle
                Accessible.role: Accessible.Heading
            }
            RpText {
                visible: text !== ""
                width: parent.width
                text: root.subheading
                font.pixelSize: Theme.fontHelp
                color: Theme.ink2
            }
        }
    }
    Rectangle {
        // A hairline where reading matter goes on below the edge.
        visible: root.overflowing && !view.atYEnd
        x: view.x
        y: view.y + view.height
        width: view.width
        height: Theme.border
        color: Theme.line
    }
    Item {
        id: controlArea

        x: Theme.portrait ? Theme.margin : view.x + view.width + Theme.gapWide * 2
        width: Theme.portrait ? root.width - Theme.margin * 2 : root.width - x - Theme.margin
        height: pager.height + controlColumn.implicitHeight + (pager.visible ? Theme.gap : 0)
        y: root.height - height - Theme.gap

        Row {
            id: pager

            visible: root.overflowing
            height: visible ? Theme.target : 0
            width: parent.width
            spacing: Theme.gap

            RpButton {
                objectName: "page.scrollUp"
                width: (pager.width - Theme.gap) / 2
                height: Theme.target
                enabled: !view.atYBeginning
                iconName: "up"
                text: qsTr("往上看")
                onClicked: view.contentY = Math.max(0, view.contentY - view.height * 0.8)
            }
            RpButton {
                objectName: "page.scrollDown"
                width: (pager.width - Theme.gap) / 2
                height: Theme.target
                enabled: !view.atYEnd
                iconName: "down"
                text: qsTr("往下看")
                onClicked: view.contentY = Math.min(view.contentHeight - view.height, view.contentY + view.height * 0.8)
            }
        }
        Column {
            id: controlColumn

            y: pager.height + (pager.visible ? Theme.gap : 0)
            width: parent.width
            spacing: Theme.gap
        }
    }
}
