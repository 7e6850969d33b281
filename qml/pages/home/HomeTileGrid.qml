// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Ui

// Services of the catalogue, then what is being prepared. As many tiles as fit; the rest on
// further pages behind two buttons.
Item {
    id: root

    required property HomeViewModel viewModel
    property int page: 0

    // Announced, not open yet: shown so that people know, disabled so that nobody is misled.
    readonly property list<string> comingLabels: [qsTr("法律咨询"), qsTr("找工作"), qsTr("我的积分"), qsTr("积分换货")]
    readonly property list<string> comingIcons: ["scale", "search", "star", "vending"]

    readonly property int total: viewModel.tileCount + comingLabels.length
    readonly property int columns: Math.max(1, Math.floor((width + Theme.gap) / (Theme.tileWidth + Theme.gap)))
    readonly property real cellWidth: (width - Theme.gap * (columns - 1)) / columns
    readonly property int rowsWithout: Math.max(1, Math.floor((height + Theme.gap) / (Theme.tileHeight + Theme.gap)))
    readonly property bool paged: total > rowsWithout * columns
    readonly property int rows: paged ? Math.max(1, Math.floor((height - Theme.target) / (Theme.tileHeight + Theme.gap))) : rowsWithout
    readonly property int perPage: rows * columns
    readonly property int pages: Math.max(1, Math.ceil(total / perPage))
    readonly property int rowsNeeded: Math.min(rows, Math.ceil(total / columns))

    onPagesChanged: page = Math.min(page, pages - 1)

    function cellX(index: int): real {
        return (index % perPage % columns) * (cellWidth + Theme.gap);
    }
    function cellY(index: int): real {
        return Math.floor(index % perPage / columns) * (Theme.tileHeight + Theme.gap);
    }
    function onPage(index: int): bool {
        return Math.floor(index / perPage) === page;
    }
    function note(tileState: int, subtitle: string): string {
        switch (tileState) {
        case UiEnums.GuideOnly:
            return qsTr("准备中，看指南");
        case UiEnums.OfflineGuide:
            return qsTr("离线，看指南");
        case UiEnums.OfflineQueue:
            return qsTr("离线，联网后办");
        }
        return subtitle;
    }

    Repeater {
        model: root.viewModel.tiles

        RpTile {
            required property int index
            required property var model

            objectName: "home.tile." + model.key
            x: root.cellX(index)
            y: root.cellY(index)
            width: root.cellWidth
            height: Theme.tileHeight
            visible: root.onPage(index)
            label: model.label
            subtitle: root.note(model.tileState, model.subtitle)
            iconName: model.iconName
            onClicked: root.viewModel.openService(model.key)
        }
    }
    Repeater {
        model: root.comingLabels.length

        RpTile {
            required property int index
            readonly property int place: root.viewModel.tileCount + index

            objectName: "home.coming." + index
            x: root.cellX(place)
            y: root.cellY(place)
            width: root.cellWidth
            height: Theme.tileHeight
            visible: root.onPage(place)
            enabled: false
            label: root.comingLabels[index]
            subtitle: qsTr("准备中")
            iconName: root.comingIcons[index]
        }
    }
    Row {
        visible: root.paged
        y: root.rows * (Theme.tileHeight + Theme.gap)
        width: root.width
        height: Theme.target
        spacing: Theme.gap

        RpButton {
            objectName: "home.previousPage"
            width: (root.width - pageText.width - Theme.gap * 2) / 2
            height: Theme.target
            enabled: root.page > 0
            iconName: "left"
            text: qsTr("上一页")
            onClicked: root.page -= 1
        }
        RpText {
            id: pageText

            width: Theme.px(120)
            height: Theme.target
            text: (root.page + 1) + " / " + root.pages
            font.bold: true
            lineHeight: 1
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
        }
        RpButton {
            objectName: "home.nextPage"
            width: (root.width - pageText.width - Theme.gap * 2) / 2
            height: Theme.target
            enabled: root.page < root.pages - 1
            iconName: "right"
            text: qsTr("下一页")
            onClicked: root.page += 1
        }
    }
    Column {
        // Room left over: say what to do when stuck, with a drawing of the place.
        visible: !root.paged && height + Theme.gap < root.height - y
        y: root.rowsNeeded * (Theme.tileHeight + Theme.gap) + Theme.gapWide
        width: root.width
        spacing: Theme.gap

        Image {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: !Theme.highContrast && Theme.portrait
            width: Theme.px(400)
            height: Theme.px(300)
            sourceSize.width: width
            sourceSize.height: height
            source: Theme.picture("station")
            Accessible.ignored: true
        }
        RpText {
            width: parent.width
            text: qsTr("不会操作？按“呼叫”，看谁能帮您")
            font.pixelSize: Theme.fontHelp
            color: Theme.ink2
            horizontalAlignment: Text.AlignHCenter
        }
    }
}
