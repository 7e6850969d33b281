// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme
import Riderport.Ui

// Holds exactly one page: the last one is gone before the next is made, so nothing of it can be
// seen or remembered. The new page is there at once and then slides the last bit of its way.
Item {
    id: root

    required property ShellViewModel shell
    readonly property string title: loader.item?.title ?? ""
    readonly property bool settled: !slide.running
    readonly property bool bare: loader.item?.bare ?? false

    function reset(): void {
        if (loader.item?.reset)
            loader.item.reset();
    }
    function show(): void {
        loader.setSource(shell.router.pageUrl, {
            viewModel: shell.pageModel
        });
        if (Theme.slide > 0) {
            loader.x = Theme.slideDistance;
            slide.restart();
        }
    }

    objectName: "shell.pages"
    clip: true

    Connections {
        target: root.shell.router

        function onPageChanged(): void {
            root.show();
        }
    }
    Component.onCompleted: {
        loader.setSource(shell.router.pageUrl, {
            viewModel: shell.pageModel
        });
    }

    Loader {
        id: loader

        width: root.width
        height: root.height
    }
    NumberAnimation {
        id: slide

        target: loader
        property: "x"
        to: 0
        duration: Theme.slide
        easing.type: Easing.OutCubic
    }
}
