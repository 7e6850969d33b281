// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme

// Back on the left, onwards on the right, on every page of a flow.
Row {
    id: root

    property string backText: qsTr("上一步")
    property string backName: "page.back"
    property string nextText: ""
    property string nextName: "page.next"
    property string nextIcon: ""
    property bool nextEnabled: true
    property bool backVisible: true
    signal backClicked
    signal nextClicked

    width: parent ? parent.width : 0
    spacing: Theme.gap

    RpButton {
        id: backButton

        objectName: root.backName
        visible: root.backVisible
        width: root.nextText === "" ? root.width : Math.round(root.width * 0.34)
        height: Math.max(implicitHeight, nextButton.visible ? nextButton.implicitHeight : Theme.target)
        iconName: width < Theme.textPx(280) ? "" : "left"
        text: root.backText
        onClicked: root.backClicked()
    }
    RpButton {
        id: nextButton

        objectName: root.nextName
        visible: root.nextText !== ""
        width: root.backVisible ? root.width - backButton.width - Theme.gap : root.width
        height: Math.max(implicitHeight, backButton.visible ? backButton.implicitHeight : 0)
        kind: RpButton.Primary
        enabled: root.nextEnabled
        iconName: root.nextIcon
        text: root.nextText
        onClicked: root.nextClicked()
    }
}
