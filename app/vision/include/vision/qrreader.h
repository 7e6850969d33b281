// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "vision/lumaview.h"

#include <QPointF>
#include <QString>

#include <array>
#include <memory>
#include <optional>

namespace riderport::vision {

/// Advice for the person in front of the camera, given only when a code was seen but not read.
enum class QrHint {
    None,     ///< nothing to say: no code in sight, or it was read
    Closer,   ///< modules are below two pixels
    Tilted,   ///< strong perspective
    Brighter, ///< hardly any contrast between light and dark modules
    Glare,    ///< a reflection covers part of the code
};

/// One decoded code.
struct QrRead
{
    QString text;
    /// Corners of the symbol in pixels of the picture, clockwise from the one between the two
    /// finder patterns of the symbol's upper left: top left, top right, bottom right, bottom left.
    std::array<QPointF, 4> corners;
    const char *stage = ""; ///< which step of the pipeline read it, for logs and benchmarks
    bool inverted = false;  ///< light modules on dark ground
};

/// What one look at a picture brought.
struct QrOutcome
{
    std::optional<QrRead> read;
    QrHint hint = QrHint::None;
    bool evidence = false; ///< at least one finder pattern was confirmed
    bool skipped = false;  ///< stream mode only: the picture did not change, nothing was done
};

/// Finds and decodes one QR code (model 2, both polarities; no other symbology) in brightness
/// pictures. Locates finder patterns on an image pyramid, samples the module grid itself and lets
/// ZXing correct errors and decode; when that fails although finder patterns are there, whole-frame
/// stages follow. A text is only ever returned after Reed-Solomon correction succeeded
/// (ISO/IEC 18004), never a guess.
///
/// Keeps its buffers between calls: one object per thread, not thread-safe. Never throws; pictures
/// of any size and content are accepted, a null view or one above 64 megapixels reads nothing.
class QrReader
{
public:
    QrReader();
    ~QrReader();
    QrReader(QrReader &&) noexcept;
    QrReader &operator=(QrReader &&) noexcept;

    /// Looks at a single picture with every stage there is.
    [[nodiscard]] QrOutcome readStill(const LumaView &view);

    /// Looks at the next picture of a camera: pictures that did not change are skipped, and the
    /// expensive stages are spread over successive frames, one per frame.
    [[nodiscard]] QrOutcome readFrame(const LumaView &view);

    /// Forgets the stream: the next readFrame() is a first one.
    void resetStream();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace riderport::vision
