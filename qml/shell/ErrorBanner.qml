// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme
import Riderport.Controls
import Riderport.Texts
import Riderport.Ui

// A fault of the terminal itself: what, what now, whom to call. Only says; the sheet behind 呼叫
// holds the numbers. Nothing to press here, because it stands above the reach line.
Item {
    id: root

    required property ShellViewModel shell

    objectName: "shell.errorBanner"
    height: shell.hasFault ? banner.implicitHeight : 0
    visible: shell.hasFault

    RpBanner {
        id: banner

        width: root.width
        height: implicitHeight
        bad: true
        cause: ErrorTexts.what(root.shell.faultCode, root.shell.faultKind)
        effect: ErrorTexts.next(root.shell.faultCode, root.shell.faultKind)
        age: ErrorTexts.hotline(root.shell.stationPhone)
    }
}
