// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme

// A text in the product's font. Plain text always: words come from data, too.
Text {
    color: Theme.ink1
    font.family: Theme.family
    font.pixelSize: Theme.fontBody
    lineHeight: Theme.lineBody
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
