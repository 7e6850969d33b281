// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme
import Riderport.Controls

// Every control in every state, for looking at.
Flickable {
    id: root

    property string title: "Controls"

    width: Theme.px(1000)
    height: Theme.px(1600)
    contentHeight: column.implicitHeight + Theme.margin * 2
    contentWidth: width

    Rectangle {
        width: root.width
        height: root.contentHeight
        color: Theme.bg
    }
    Column {
        id: column

        x: Theme.margin
        y: Theme.margin
        width: root.width - Theme.margin * 2
        spacing: Theme.gapWide

        Row {
            spacing: Theme.gap

            RpButton {
                kind: RpButton.Primary
                text: "查一查"
            }
            RpButton {
                text: "上一步"
                iconName: "left"
            }
            RpButton {
                kind: RpButton.Danger
                text: "结束"
                iconName: "logout"
            }
        }
        Row {
            spacing: Theme.gap

            RpButton {
                kind: RpButton.Quiet
                text: "小按钮"
            }
            RpButton {
                kind: RpButton.Primary
                enabled: false
                text: "不可用"
            }
            RpBadge {
                text: "演示数据"
            }
        }
        Row {
            spacing: Theme.gap

            RpTile {
                label: "社保记录"
                subtitle: "参保与缴费"
                iconName: "id-card"
            }
            RpTile {
                enabled: false
                label: "医保缴费"
                subtitle: "系统维护中"
                iconName: "wallet"
            }
            RpTile {
                label: "社保补贴"
                subtitle: "今天截止"
                attention: true
                iconName: "percent"
            }
        }
        RpBanner {
            width: parent.width
            height: implicitHeight
            cause: "医保系统维护中"
            effect: "其他服务正常"
            age: "数据截至 14:08"
        }
        RpCard {
            width: parent.width

            RpFieldRow {
                width: parent.width
                label: "参保状态"
                value: "正常缴费"
            }
            RpFieldRow {
                width: parent.width
                attention: true
                separator: false
                label: "欠费月份"
                value: "2026年4月"
            }
        }
        RpErrorBox {
            width: parent.width
            what: "部门系统正在维护。"
            next: "请过一会儿再试。"
            hotline: "需要帮助请打 12333"
            code: "UPSTREAM_DOWN"
        }
        RpStepBar {
            current: 2
            count: 5
        }
        RpChoiceSet {
            width: parent.width
            values: ["a", "b"]
            labels: ["职工养老", "职工医疗"]
            several: true
            value: "a"
        }
        RpTextField {
            width: parent.width
            label: "姓名"
            text: "张三"
        }
        RpMonthPicker {
            width: parent.width
            value: "202609"
            latest: "202609"
        }
        RpNumberedList {
            lines: ["打开微信", "扫一扫"]
        }
        RpSkeleton {
            width: parent.width
            rows: 3
        }
        RpEmptyState {
            text: "没有查到记录"
            help: "可以打 12333 问问。"
        }
        RpQrCode {
            ready: false
            placeholder: "正在准备二维码…"
        }
        RpNavRow {
            nextText: "下一步"
        }
    }
}
