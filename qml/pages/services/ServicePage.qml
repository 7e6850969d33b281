// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Ui

// Every government service, from guide to result. The step decides which view is loaded; the
// descriptor decides what it says. Views are loaded by file: Qt 6.4 cannot make bound components
// of a page that was itself loaded.
Item {
    id: root

    required property ServiceViewModel viewModel
    readonly property string title: viewModel.title
    readonly property string view: {
        switch (viewModel.step) {
        case ServiceViewModel.Consent:
            return "ServiceConsentView.qml";
        case ServiceViewModel.Form:
            return viewModel.formIndex < 0 ? "ServiceCheckView.qml" : "ServiceQuestionView.qml";
        case ServiceViewModel.Loading:
            return "ServiceLoadingView.qml";
        case ServiceViewModel.Result:
            return "ServiceResultView.qml";
        case ServiceViewModel.Failed:
            return "ServiceFailedView.qml";
        case ServiceViewModel.Queued:
            return "ServiceQueuedView.qml";
        }
        return "ServiceGuideView.qml";
    }

    function show(): void {
        loader.setSource(Qt.resolvedUrl(view), {
            viewModel: viewModel
        });
    }

    onViewChanged: show()
    Component.onCompleted: show()

    Loader {
        id: loader

        anchors.fill: parent
    }
    ServicePhoneSheet {
        viewModel: root.viewModel
        anchors.fill: parent
    }
}
