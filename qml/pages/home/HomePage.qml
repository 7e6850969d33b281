// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Ui

// Log-in card on top (at phone height), everything that can be pressed below the reach line.
Item {
    id: root

    required property HomeViewModel viewModel
    readonly property string title: ""

    readonly property real line: Math.max(0, Theme.reachLine - Theme.pageTop)
    readonly property real controlTop: Theme.portrait ? Math.max(line, Theme.px(260)) : Math.max(line, Theme.px(20))

    function reset(): void {
        grid.page = 0;
    }

    HomeGreeting {
        id: card

        viewModel: root.viewModel
        x: Theme.margin
        y: Theme.px(20)
        width: Theme.portrait ? root.width - Theme.margin * 2 : Theme.px(440)
        height: Theme.portrait ? root.controlTop - y - Theme.px(12) : root.height - y - Theme.px(20) - (loginButton.visible ? loginButton.height + Theme.gap : 0)
    }
    RpButton {
        id: loginButton

        objectName: "home.login"
        visible: !root.viewModel.loggedIn
        x: Theme.margin
        y: Theme.portrait ? root.controlTop : card.y + card.height + Theme.gap
        width: card.width
        height: Math.max(Theme.target, implicitHeight)
        iconName: "camera"
        text: qsTr("出示手机上的骑士码")
        onClicked: root.viewModel.openLogin()
    }
    Item {
        id: main

        x: Theme.portrait ? Theme.margin : card.x + card.width + Theme.margin
        y: Theme.portrait ? root.controlTop + (loginButton.visible ? loginButton.height + Theme.gap : 0) : Theme.px(20)
        width: root.width - x - Theme.margin
        height: root.height - y - Theme.px(20)

        readonly property real headingHeight: heading.visible ? heading.implicitHeight + Theme.px(12) : 0

        RpText {
            id: heading

            visible: Theme.portrait ? !Theme.lowReach : true
            width: parent.width
            text: qsTr("您要办什么？")
            font.pixelSize: Theme.fontHeading
            font.bold: true
            lineHeight: Theme.lineTitle
            Accessible.role: Accessible.Heading
        }
        HomeTileGrid {
            id: grid

            viewModel: root.viewModel
            visible: root.viewModel.catalogueReady
            width: parent.width
            y: Theme.portrait ? main.headingHeight : Math.max(main.headingHeight, root.controlTop - main.y)
            height: parent.height - y
        }
        RpEmptyState {
            visible: !root.viewModel.catalogueReady
            y: main.headingHeight + Theme.px(60)
            iconName: "hourglass"
            text: qsTr("正在第一次下载服务目录")
            help: qsTr("一般几分钟就好。着急的话，请按“呼叫”。")
        }
    }
}
