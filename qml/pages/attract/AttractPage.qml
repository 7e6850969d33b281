// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Ui

// The idle loop. One picture, one message; hard cuts, nothing moves in between. The touch that
// leads away from here is swallowed by the shell, so there is nothing to press.
Item {
    id: root

    required property AttractViewModel viewModel
    readonly property string title: ""
    readonly property bool bare: true // no bottom bar: the whole picture is one big target

    readonly property string picture: viewModel.slide === AttractViewModel.Notice ? "notice" : viewModel.slide === AttractViewModel.Services ? "services"
        : viewModel.slide === AttractViewModel.Facilities ? "facilities" : "station"
    readonly property string message: viewModel.slide === AttractViewModel.Notice ? viewModel.noticeTitle : viewModel.slide === AttractViewModel.Services ? qsTr("查社保，自己动手一分钟")
        : viewModel.slide === AttractViewModel.Facilities ? qsTr("进来歇歇脚，这里都有") : qsTr("骑士辛苦了，进来坐坐")
    readonly property real pictureWidth: Theme.portrait ? width - Theme.margin * 4 : width * 0.44

    Accessible.role: Accessible.Button
    Accessible.name: qsTr("摸一下屏幕开始")
    objectName: "attract.page"

    Rectangle {
        anchors.fill: parent
        color: Theme.card
    }
    Image {
        id: drawing

        x: Theme.portrait ? (root.width - width) / 2 : Theme.margin * 2
        y: Theme.portrait ? Theme.px(40) : (callRow.y - height) / 2
        width: root.pictureWidth
        height: width * 0.75
        sourceSize.width: width
        sourceSize.height: height
        source: Theme.picture(root.picture)
        Accessible.ignored: true
    }
    Rectangle {
        anchors.fill: drawing
        visible: Theme.highContrast
        color: Theme.none
    }
    Column {
        id: words

        x: Theme.portrait ? Theme.margin * 2 : drawing.x + drawing.width + Theme.margin * 2
        y: Theme.portrait ? drawing.y + drawing.height + Theme.px(40) : Math.max(Theme.margin, (callRow.y - height) / 2)
        width: Theme.portrait ? root.width - Theme.margin * 4 : root.width - x - Theme.margin * 2
        spacing: Theme.gapWide

        RpBadge {
            visible: root.viewModel.slide === AttractViewModel.Notice
            text: root.viewModel.noticeIsSafety ? qsTr("安全提醒") : qsTr("驿站通知")
        }
        RpText {
            objectName: "attract.message"
            width: parent.width
            text: root.message
            font.pixelSize: Theme.english ? Theme.px(64) : Theme.px(76)
            font.bold: true
            lineHeight: Theme.lineTitle
            color: root.viewModel.slide === AttractViewModel.Notice && root.viewModel.noticeIsSafety ? Theme.bad : Theme.ink1
        }
        RpText {
            visible: root.viewModel.slide === AttractViewModel.Notice
            width: parent.width
            text: root.viewModel.noticeBody
            font.pixelSize: Theme.px(40)
        }
        AttractFacts {
            visible: root.viewModel.slide === AttractViewModel.Welcome
            viewModel: root.viewModel
            width: parent.width
        }
        AttractServices {
            visible: root.viewModel.slide === AttractViewModel.Services
            viewModel: root.viewModel
            width: parent.width
        }
        AttractFacilities {
            visible: root.viewModel.slide === AttractViewModel.Facilities
            viewModel: root.viewModel
            width: parent.width
        }
    }
    Row {
        anchors.horizontalCenter: parent.horizontalCenter
        y: callRow.y - height - Theme.gapWide
        spacing: Theme.px(14)
        visible: root.viewModel.slideCount > 1

        Repeater {
            model: root.viewModel.slideCount

            Rectangle {
                required property int index

                width: Theme.px(20)
                height: width
                radius: width / 2
                color: index === root.viewModel.slideIndex ? Theme.brand : Theme.card
                border.width: Theme.border
                border.color: Theme.line
            }
        }
    }
    Rectangle {
        id: callRow

        y: root.height - height
        width: root.width
        height: Theme.portrait ? Theme.px(240) : Theme.px(160)
        color: Theme.brand

        RpText {
            anchors.centerIn: parent
            width: parent.width - Theme.margin * 2
            text: qsTr("摸一下屏幕开始")
            font.pixelSize: Theme.px(64)
            font.bold: true
            lineHeight: 1
            color: Theme.inkOnBrand
            horizontalAlignment: Text.AlignHCenter
        }
    }
}
