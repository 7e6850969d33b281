// SPDX-License-Identifier: Apache-2.0
#include "feedbucket.h"

namespace riderport::storage {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

// A sealed cell cannot be moved to another row or column, or outlive a change of its meaning.
QByteArray cellPlace(const QString &storedId)
{
    return "feed_row|" + storedId.toUtf8() + "|body|1";
}

constexpr auto kStagePlace = "bucket|stage|stage_id|1";

} // namespace

QString FeedRepository::Bucket::storedTable(const QString &table) const
{
    return key ? u""_s : table;
}

QString FeedRepository::Bucket::storedId(const QString &table, const QString &id) const
{
    if (!key)
        return id;
    return QString::fromLatin1(
            crypto::blindIndex(*key, table.toUtf8() + '\n' + id.toUtf8()).toHex());
}

QByteArray FeedRepository::Bucket::storedBody(const FeedRow &row, const QString &storedId) const
{
    if (!key)
        return row.body;
    return crypto::seal(*key, row.table.toUtf8() + '\n' + row.id.toUtf8() + '\n' + row.body,
                        cellPlace(storedId));
}

Result<FeedRow> FeedRepository::Bucket::openedRow(const QString &storedId, qint64 version,
                                                  const QByteArray &body) const
{
    const auto opened = crypto::open(*key, body, cellPlace(storedId));
    if (!opened)
        return opened.error();
    const qsizetype tableEnd = opened->indexOf('\n');
    const qsizetype idEnd = opened->indexOf('\n', tableEnd + 1);
    if (tableEnd < 0 || idEnd < 0)
        return Error{ErrorKind::Corrupt, u"storage.damaged"_s, u"sealed row"_s};
    return FeedRow{QString::fromUtf8(opened->left(tableEnd)),
                   QString::fromUtf8(opened->mid(tableEnd + 1, idEnd - tableEnd - 1)), version,
                   opened->mid(idEnd + 1)};
}

QString FeedRepository::Bucket::storedStageId() const
{
    if (!key || state.stage.afterTable.isEmpty())
        return state.stage.afterId;
    const QByteArray plain = state.stage.afterTable.toUtf8() + '\n' + state.stage.afterId.toUtf8();
    return QString::fromLatin1(crypto::seal(*key, plain, kStagePlace).toBase64());
}

void FeedRepository::Bucket::readStageId(const QString &table, const QString &text)
{
    state.stage.afterTable = table;
    state.stage.afterId = text;
    if (!key || text.isEmpty())
        return;
    const auto opened = crypto::open(*key, QByteArray::fromBase64(text.toLatin1()), kStagePlace);
    const qsizetype split = opened ? opened->indexOf('\n') : -1;
    state.stage.afterTable = split < 0 ? QString() : QString::fromUtf8(opened->left(split));
    state.stage.afterId = split < 0 ? QString() : QString::fromUtf8(opened->mid(split + 1));
}

} // namespace riderport::storage
