// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Ui

// Separate consent for one bureau. Saying no costs nothing else.
RpPage {
    id: root

    required property ServiceViewModel viewModel

    heading: qsTr("同意我们去查吗？")
    subheading: viewModel.title

    RpCard {
        width: parent.width

        RpText {
            objectName: "service.consentText"
            width: parent.width
            text: root.viewModel.consentText
        }
        RpIconLine {
            width: parent.width
            iconName: "lock"
            text: qsTr("不同意也可以，其他服务照常使用。以后可以在手机上撤回。")
        }
    }

    controls: [
        RpNavRow {
            backText: qsTr("不同意")
            backName: "service.consentDecline"
            nextText: qsTr("我同意")
            nextName: "service.consentAccept"
            nextIcon: "check"
            onBackClicked: root.viewModel.declineConsent()
            onNextClicked: root.viewModel.acceptConsent()
        }
    ]
}
