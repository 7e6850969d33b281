// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Texts
import Riderport.Ui

// What went wrong in the worker's words and at least one thing to do about it.
RpPage {
    id: root

    required property ServiceViewModel viewModel
    readonly property bool ownWords: viewModel.errorText !== ""

    heading: qsTr("这次没有查成")
    subheading: viewModel.title

    RpErrorBox {
        objectName: "service.error"
        width: parent.width
        what: root.ownWords ? root.viewModel.errorText : ErrorTexts.what(root.viewModel.errorCode, root.viewModel.errorKind)
        next: root.ownWords ? "" : ErrorTexts.next(root.viewModel.errorCode, root.viewModel.errorKind)
        hotline: ErrorTexts.hotline(root.viewModel.hotline)
        code: root.viewModel.errorCode
    }

    controls: [
        ServiceNextSteps {
            id: steps

            viewModel: root.viewModel
            width: parent.width
        },
        RpNavRow {
            backText: qsTr("返回")
            backName: "service.back"
            nextText: qsTr("再试一次")
            nextName: "service.retry"
            nextIcon: "refresh"
            onBackClicked: root.viewModel.back()
            onNextClicked: root.viewModel.tryAgain()
        }
    ]
}
