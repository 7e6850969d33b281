// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gateway/upstreammapping.h"

#include <QDateTime>
#include <QJsonObject>

namespace riderport::district {

/// Who and what was asked; the answer has to be about exactly that.
struct AskedFor
{
    QString name;
    QString idNumber;
    QMap<QString, QString> params;
    QDateTime now; ///< UTC
};

/// What one source said, in our words. Everything in `data` is masked.
struct MappedAnswer
{
    QString code; ///< "OK" or a normalised code
    QJsonObject data;
    QDateTime asOf; ///< UTC
    QString notice;
    int droppedValues = 0; ///< of the wrong type or range; a data-health figure
};

/// Reads an upstream's bytes: UTF-8, or GB 18030 when they are not or the content type says so. The
/// result is one JSON object. Codes: upstream.encoding, upstream.syntax.
[[nodiscard]] base::Result<QJsonObject> readUpstreamJson(const QByteArray &body,
                                                         const QByteArray &contentType);

/// Applies a source's mapping. Codes: upstream.answer (detail says which required part is missing
/// or wrong, never its value), upstream.foreign-person (the answer is about somebody else). An
/// unknown code of theirs is UPSTREAM_DOWN.
[[nodiscard]] base::Result<MappedAnswer> mapAnswer(const UpstreamOperation &operation,
                                                   const UpstreamSource &source,
                                                   const QJsonObject &answer,
                                                   const AskedFor &asked);

/// Whether the source answers at that moment, and otherwise the seconds until it opens.
[[nodiscard]] qint64 secondsUntilOpen(const UpstreamSource &source, const QDateTime &now);

} // namespace riderport::district
