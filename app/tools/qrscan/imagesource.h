// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "vision/lumaview.h"

#include <QProcess>
#include <QString>

namespace riderport::tools {

/// The brightness of a picture file, or of every frame of a video one after the other.
class ImageSource
{
public:
    explicit ImageSource(const QString &file);
    ~ImageSource();

    /// Loads the next picture; false at the end or on an error.
    [[nodiscard]] bool next();
    [[nodiscard]] vision::LumaView view() const { return m_image.view(); }
    /// The file, for a video followed by ":NNN".
    [[nodiscard]] QString name() const;
    [[nodiscard]] bool isVideo() const { return m_video; }
    /// Empty when all went well.
    [[nodiscard]] QString error() const { return m_error; }

private:
    [[nodiscard]] bool loadPicture();
    [[nodiscard]] bool nextFrame();
    [[nodiscard]] QByteArray readExactly(qint64 size);

    QString m_file;
    QString m_error;
    bool m_video = false;
    bool m_started = false;
    int m_frame = -1;
    vision::LumaImage m_image;
    QProcess m_decoder;
};

} // namespace riderport::tools
