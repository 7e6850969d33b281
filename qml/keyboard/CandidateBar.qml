// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Riderport.Theme
import Riderport.Controls

// The words the typed letters may mean. Sideways by the 更多 key only: no gesture is needed to reach the rest.
Item {
    id: root

    required property var words // QStringList
    required property string letters
    property int page: 0

    readonly property int perPage: Math.max(1, Math.floor((width - more.width) / Theme.candidateWidth))

    signal chosen(int index)

    implicitHeight: Theme.candidateHeight
    onLettersChanged: page = 0

    Rectangle {
        anchors.fill: parent
        color: Theme.card
    }
    RpText {
        anchors.verticalCenter: parent.verticalCenter
        x: Theme.margin
        visible: root.words.length === 0
        text: root.letters
        color: Theme.brandInk
        font.pixelSize: Theme.fontCandidate
    }
    Row {
        anchors.left: parent.left
        height: parent.height

        Repeater {
            model: root.words.slice(root.page * root.perPage, (root.page + 1) * root.perPage)

            delegate: T.AbstractButton {
                id: word

                required property string modelData
                required property int index

                objectName: "keyboard.candidate." + index
                width: Math.max(Theme.candidateWidth, implicitContentWidth + Theme.pad)
                height: root.height
                focusPolicy: Qt.NoFocus
                Accessible.role: Accessible.Button
                Accessible.name: modelData
                Accessible.onPressAction: word.clicked()
                onClicked: root.chosen(root.page * root.perPage + index)

                background: Rectangle {
                    readonly property bool first: root.page === 0 && word.index === 0

                    color: word.down ? Theme.brandPressed : first ? Theme.brand : Theme.card
                    border.width: Theme.border
                    border.color: Theme.lineSoft
                }
                contentItem: RpText {
                    text: word.modelData
                    color: word.down || (root.page === 0 && word.index === 0) ? Theme.inkOnBrand : Theme.ink1
                    font.pixelSize: Theme.fontCandidate
                    horizontalAlignment: Text.AlignHCenter
                    verticalAlignment: Text.AlignVCenter
                    Accessible.ignored: true
                }
            }
        }
    }
    RpKey {
        id: more

        objectName: "keyboard.moreCandidates"
        anchors.right: parent.right
        width: Theme.keyWide
        height: parent.height
        visible: root.words.length > root.perPage
        text: qsTr("更多")
        onClicked: root.page = (root.page + 1) * root.perPage < root.words.length ? root.page + 1 : 0
    }
}
