// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Riderport.Theme

// One line icon in one colour. Never the only carrier of a meaning, so assistive tools skip it.
Image {
    id: root

    property string name: ""
    property color ink: Theme.brandInk
    property int size: Theme.icon

    width: size
    height: size
    sourceSize.width: size
    sourceSize.height: size
    source: name === "" ? "" : "image://icon/" + name + "/" + ink.toString().slice(1) + "/" + size
    Accessible.ignored: true
}
