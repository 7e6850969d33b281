// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Ui

// Every government service, from guide to result. The step decides which view is loaded; the
// descriptor decides what it says.
Item {
    id: root

    required property ServiceViewModel viewModel
    readonly property string title: viewModel.title

    Loader {
        anchors.fill: parent
        sourceComponent: {
            switch (root.viewModel.step) {
            case ServiceViewModel.Consent:
                return consent;
            case ServiceViewModel.Form:
                return root.viewModel.formIndex < 0 ? check : question;
            case ServiceViewModel.Loading:
                return loading;
            case ServiceViewModel.Result:
                return result;
            case ServiceViewModel.Failed:
                return failed;
            case ServiceViewModel.Queued:
                return queued;
            }
            return guide;
        }
    }
    Component {
        id: guide

        ServiceGuideView {
            viewModel: root.viewModel
        }
    }
    Component {
        id: consent

        ServiceConsentView {
            viewModel: root.viewModel
        }
    }
    Component {
        id: question

        ServiceQuestionView {
            viewModel: root.viewModel
        }
    }
    Component {
        id: check

        ServiceCheckView {
            viewModel: root.viewModel
        }
    }
    Component {
        id: loading

        ServiceLoadingView {
            viewModel: root.viewModel
        }
    }
    Component {
        id: result

        ServiceResultView {
            viewModel: root.viewModel
        }
    }
    Component {
        id: failed

        ServiceFailedView {
            viewModel: root.viewModel
        }
    }
    Component {
        id: queued

        ServiceQueuedView {
            viewModel: root.viewModel
        }
    }
    ServicePhoneSheet {
        viewModel: root.viewModel
        anchors.fill: parent
    }
}
