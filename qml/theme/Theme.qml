// SPDX-License-Identifier: Apache-2.0
pragma Singleton
import QtQuick

// Every colour, size and duration of the product. Pages and controls hold no literals of their own.
// The shell writes the six switches at the top; everything else follows from them.
QtObject {
    id: root

    property real scaleFactor: 1 // from the size of the screen, 1.0 – 1.6
    property real fit: 1 // < 1 only in windows smaller than the design (demo, development)
    property bool portrait: true
    property bool largeText: false
    property bool highContrast: false
    property bool lowReach: false
    property bool english: false
    property bool covered: false // idle warning: personal values are drawn as bars
    property real reachLine: 576 // window y; nothing above it can be touched
    property real pageTop: 112 // window y where the page begins, below header and banners

    readonly property real unit: scaleFactor * fit
    readonly property real textUnit: unit * (largeText ? 1.25 : 1)

    function px(design: real): int {
        return Math.round(design * unit);
    }
    function textPx(design: real): int {
        return Math.round(design * textUnit);
    }

    function picture(name: string): string {
        return "qrc:/riderport/images/" + name + ".svg";
    }

    // Colours, day theme / high-contrast theme.
    readonly property color bg: highContrast ? "#000000" : "#F2F5F9"
    readonly property color card: highContrast ? "#000000" : "#FFFFFF"
    readonly property color ink1: highContrast ? "#FFFFFF" : "#0F1E33"
    readonly property color ink2: highContrast ? "#FFFFFF" : "#3B4A60"
    readonly property color brand: highContrast ? "#FFD400" : "#0A4A94"
    readonly property color brandPressed: highContrast ? "#FFFFFF" : "#073870"
    readonly property color inkOnBrand: highContrast ? "#000000" : "#FFFFFF"
    readonly property color brandInk: highContrast ? "#FFD400" : "#0A4A94"
    readonly property color selected: highContrast ? "#FFD400" : "#E3EEFB"
    readonly property color inkOnSelected: highContrast ? "#000000" : "#0A4A94"
    readonly property color frame: highContrast ? "#000000" : "#0B2447"
    readonly property color inkOnFrame: "#FFFFFF"
    readonly property color frameInk2: highContrast ? "#7FE3FF" : "#B9D4F5"
    readonly property color amber: highContrast ? "#FFD400" : "#FFB627"
    readonly property color inkOnAmber: highContrast ? "#000000" : "#0F1E33"
    readonly property color notice: highContrast ? "#000000" : "#FFE9BD"
    readonly property color noticeInk: highContrast ? "#FFD400" : "#5C3A00"
    readonly property color ok: highContrast ? "#7FE3FF" : "#0A5A33"
    readonly property color okBg: highContrast ? "#000000" : "#DDF3E6"
    readonly property color bad: highContrast ? "#FFD400" : "#9E1B1B"
    readonly property color badInk: highContrast ? "#FFD400" : "#8F1616"
    readonly property color badBg: highContrast ? "#000000" : "#FDE7E7"
    readonly property color line: highContrast ? "#FFFFFF" : "#76869C"
    readonly property color lineSoft: highContrast ? "#FFFFFF" : "#C6D1DF"
    readonly property color off: highContrast ? "#000000" : "#E7ECF2"
    readonly property color offInk: highContrast ? "#FFFFFF" : "#414D5E"
    readonly property color focusOuter: highContrast ? "#FFFFFF" : "#0F1E33"
    readonly property color focusInner: highContrast ? "#FFD400" : "#FFB627"
    readonly property color veil: "#99000000"
    readonly property color qrPaper: "#FFFFFF"
    readonly property color qrInk: "#0F1E33"
    readonly property color none: "transparent"

    // Type.
    readonly property string family: "Noto Sans CJK SC"
    readonly property int fontTitle: textPx(64)
    readonly property int fontHeading: textPx(48)
    readonly property int fontAction: textPx(44)
    readonly property int fontBody: textPx(36)
    readonly property int fontTile: textPx(english ? 28 : 36)
    readonly property int fontHelp: textPx(34)
    readonly property int fontSmall: textPx(28)
    readonly property int fontHuge: textPx(104)
    readonly property int fontBar: px(english ? 28 : 34)
    // Factors of the font's own line, which is 1.45 em: 1.35 em for reading, 1.2 em for titles and lists.
    readonly property real lineBody: 0.94
    readonly property real lineTitle: 0.84

    // Space on the 8-px grid.
    readonly property int margin: px(40)
    readonly property int pad: px(28)
    readonly property int padSmall: px(16)
    readonly property int gap: px(16)
    readonly property int gapWide: px(24)
    readonly property int radius: px(16)
    readonly property int border: Math.max(1, px(2))
    readonly property int borderBold: Math.max(2, px(4))

    // Touch targets.
    readonly property int targetMin: px(72)
    readonly property int target: px(96)
    readonly property int targetPrimary: largeText ? px(150) : px(120)
    readonly property int tileWidth: largeText ? px(440) : px(300)
    readonly property int tileHeight: largeText ? px(186) : px(146)
    readonly property int icon: largeText ? px(68) : px(56)
    readonly property int iconSmall: largeText ? px(48) : px(40)
    readonly property int iconHuge: px(112)

    // Keyboard: ≥ 96×112 keys, ≥ 10 between them, candidates ≥ 108 high with 52 px text.
    readonly property int keyWidth: px(96)
    readonly property int keyHeight: px(112)
    readonly property int keyWide: px(132)
    readonly property int keyGap: px(10)
    readonly property int keyboardMaxWidth: px(1400)
    readonly property int padMaxWidth: px(760)
    readonly property int candidateHeight: px(108)
    readonly property int candidateWidth: px(120)
    readonly property int fontKey: px(56)
    readonly property int fontKeyWord: px(34)
    readonly property int fontCandidate: px(52)

    // Frame.
    readonly property int headerHeight: portrait ? px(112) : px(96)
    readonly property int barHeight: portrait ? px(192) : px(152)
    readonly property int barButtonHeight: portrait ? px(168) : px(128)
    readonly property int bannerHeight: px(84)
    readonly property int qrLogin: px(320)

    // Motion, milliseconds. Instant for people who asked for calm.
    readonly property int slide: largeText || highContrast ? 0 : 180
    readonly property int slideDistance: px(72)
}
