// SPDX-License-Identifier: Apache-2.0
pragma Singleton
import QtQuick

// Names and icons of what a station offers, by the flags of the station record.
QtObject {
    id: root

    readonly property var names: ({
            "B1": qsTr("进门易"),
            "B2": qsTr("寻路畅"),
            "B3": qsTr("停车便"),
            "B4": qsTr("歇脚地"),
            "B5": qsTr("暖心餐"),
            "B6": qsTr("赋能学"),
            "B7": qsTr("安心托"),
            "N1": qsTr("法律咨询"),
            "N2": qsTr("社保办理"),
            "N3": qsTr("四点半课堂"),
            "N4": qsTr("亲子活动"),
            "N5": qsTr("技能培训"),
            "N6": qsTr("就业对接"),
            "N7": qsTr("充电"),
            "N8": qsTr("换电"),
            "N9": qsTr("售货机"),
            "N10": qsTr("无人机中转"),
            "N11": qsTr("理发修车"),
            "N12": qsTr("母婴急救")
        })
    readonly property var icons: ({
            "B1": "door",
            "B2": "route",
            "B3": "parking",
            "B4": "chair",
            "B5": "meal",
            "B6": "cap",
            "B7": "child",
            "N1": "scale",
            "N2": "id-card",
            "N3": "book",
            "N4": "child",
            "N5": "cap",
            "N6": "search",
            "N7": "battery",
            "N8": "battery",
            "N9": "vending",
            "N10": "drone",
            "N11": "tool",
            "N12": "heart"
        })

    function known(flags: var): var {
        return flags.filter(flag => names[flag] !== undefined);
    }
}
