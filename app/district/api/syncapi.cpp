// SPDX-License-Identifier: Apache-2.0
#include "district/syncapi.h"

#include "api/apisupport.h"
#include "district/feedstore.h"
#include "district/feedwatch.h"
#include "httpd/httperrors.h"

#include <QLoggingCategory>

namespace riderport::district {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using protocol::Cursor;

Q_LOGGING_CATEGORY(lcSync, "riderport.district.sync")

namespace {

constexpr int kDeadlineStepMs = 100;
constexpr qint64 kSnapshotBytes = 512 * 1024;

void sendError(const httpd::HttpReply &reply, const QByteArray &traceId, const Error &error)
{
    reply.send(httpd::errorResponse(error, traceId));
}

} // namespace

SyncApi::SyncApi(FeedStore &store, FeedWatch &watch, const base::Clock &clock)
    : m_store(store)
    , m_watch(watch)
    , m_clock(clock)
{
    m_timer.setInterval(kDeadlineStepMs);
    connect(&m_timer, &QTimer::timeout, this, &SyncApi::onDeadline);
    connect(&watch, &FeedWatch::moved, this, [this](const QStringList &buckets) {
        QSet<HeldPtr> waiting;
        for (const QString &bucket : buckets)
            waiting.unite(m_byBucket.value(bucket));
        wake(waiting);
    });
    connect(&watch, &FeedWatch::changedCompletely, this,
            [this] { wake(QSet<HeldPtr>(m_held.cbegin(), m_held.cend())); });
}

void SyncApi::registerRoutes(httpd::HttpRoutes &routes, SignatureGate &gate)
{
    routes.add("POST", "/v1/sync", gate.guard([this](const auto &request, const auto &reply) {
        onSync(request, reply);
    }));
    routes.add("GET", "/v1/snapshot/{bucket}",
               gate.guard([this](const auto &request, const auto &reply) {
                   onSnapshot(request, reply);
               }));
}

bool SyncApi::mayRead(const QString &bucket, const Device &device) const
{
    if (bucket == u"d")
        return true;
    if (bucket.startsWith(u"s:"))
        return QStringView(bucket).sliced(2) == device.station.toString();
    if (bucket.startsWith(u"w:")) {
        return m_workerCheck &&
               m_workerCheck(base::WorkerId(bucket.sliced(2)), base::DeviceId(device.id));
    }
    return false;
}

bool SyncApi::mayRead(const protocol::SyncRequest &request, const Device &device) const
{
    for (auto it = request.cursors.keyBegin(); it != request.cursors.keyEnd(); ++it) {
        if (!mayRead(*it, device))
            return false;
    }
    return true;
}

bool SyncApi::atHead(const protocol::SyncRequest &request) const
{
    for (auto it = request.cursors.begin(); it != request.cursors.end(); ++it) {
        const qint64 head = m_watch.head(it.key()).seq;
        const bool nothingYet = *it == Cursor{} && head == 0;
        if (!nothingYet && *it != Cursor{m_watch.epoch(), head})
            return false;
    }
    return true;
}

void SyncApi::onSync(const SignedRequest &request, const httpd::HttpReply &reply)
{
    const QByteArray &traceId = request.http.traceId;
    const auto decoded = protocol::decodeSyncRequest(request.http.body);
    if (!decoded) {
        sendError(reply, traceId, decoded.error());
        return;
    }
    if (decoded->proto != protocol::kSyncProto || decoded->schema != protocol::kFeedSchema) {
        reply.send(httpd::errorResponse({ErrorKind::Unsupported, u"sync.version"_s, {}}, traceId,
                                        426, {{u"min_proto"_s, protocol::kSyncProto}}));
        return;
    }
    if (!mayRead(*decoded, request.device)) {
        sendError(reply, traceId, {ErrorKind::Forbidden, u"sync.bucket"_s, {}});
        return;
    }
    auto held = std::make_shared<Held>();
    held->device = request.device;
    held->request = *decoded;
    held->reply = reply;
    held->traceId = traceId;
    held->deadlineMs = m_clock.monotonicMs() + (m_stopping ? 0 : decoded->waitMs);
    if (atHead(*decoded)) {
        if (decoded->waitMs > 0 && !m_stopping)
            hold(held);
        else
            answerFromHeads(held);
        return;
    }
    pull(held);
}

void SyncApi::pull(const HeldPtr &held)
{
    m_store.pull(held->request.cursors, held->request.maxBytes)
            .then(this, [this, held](const base::Result<protocol::SyncReply> &result) {
                onPulled(held, result);
            });
}

void SyncApi::onPulled(const HeldPtr &held, const base::Result<protocol::SyncReply> &result)
{
    if (!result) {
        qCWarning(lcSync).noquote()
                << "pull failed" << result.error().code << result.error().detail;
        sendError(held->reply, held->traceId, result.error());
        return;
    }
    const bool nothing = result->pages.isEmpty() && result->reset.isEmpty();
    // The same epoch under which the client asked, or it would never hear of the new one.
    bool epochNews = false;
    for (const Cursor &cursor : held->request.cursors)
        epochNews = epochNews || (cursor != Cursor{} && cursor.epoch != result->epoch);
    if (nothing && !epochNews && !m_stopping && held->deadlineMs > m_clock.monotonicMs() &&
        atHead(held->request))
        hold(held);
    else
        send(*held, *result);
}

void SyncApi::hold(const HeldPtr &held)
{
    if (const HeldPtr older = m_held.value(held->device.id)) {
        ++m_superseded;
        qCInfo(lcSync).noquote() << "sync.superseded device" << held->device.id;
        forget(older);
        sendError(older->reply, older->traceId, {ErrorKind::Conflict, u"sync.superseded"_s, {}});
    }
    m_held.insert(held->device.id, held);
    for (auto it = held->request.cursors.keyBegin(); it != held->request.cursors.keyEnd(); ++it)
        m_byBucket[*it].insert(held);
    m_deadlines.insert(held->deadlineMs, held);
    if (!m_timer.isActive())
        m_timer.start();
    held->reply.onClosed([this, weak = std::weak_ptr<Held>(held)] {
        if (const auto gone = weak.lock())
            forget(gone);
    });
}

void SyncApi::forget(const HeldPtr &held)
{
    if (m_held.value(held->device.id) == held)
        m_held.remove(held->device.id);
    for (auto it = held->request.cursors.keyBegin(); it != held->request.cursors.keyEnd(); ++it) {
        const auto waiting = m_byBucket.find(*it);
        if (waiting == m_byBucket.end())
            continue;
        waiting->remove(held);
        if (waiting->isEmpty())
            m_byBucket.erase(waiting);
    }
    m_deadlines.remove(held->deadlineMs, held);
}

void SyncApi::wake(const QSet<HeldPtr> &waiting)
{
    for (const HeldPtr &held : waiting) {
        forget(held);
        // The session that opened a worker's bucket may have closed meanwhile.
        if (mayRead(held->request, held->device))
            pull(held);
        else
            sendError(held->reply, held->traceId, {ErrorKind::Forbidden, u"sync.bucket"_s, {}});
    }
}

void SyncApi::onDeadline()
{
    const qint64 now = m_clock.monotonicMs();
    while (!m_deadlines.isEmpty() && m_deadlines.firstKey() <= now) {
        const HeldPtr held = m_deadlines.first();
        forget(held);
        answerFromHeads(held);
    }
    if (m_deadlines.isEmpty())
        m_timer.stop();
}

void SyncApi::answerFromHeads(const HeldPtr &held)
{
    protocol::SyncReply reply;
    reply.epoch = m_watch.epoch();
    reply.durable.insert(u"r"_s, m_watch.head(u"r"_s).seq);
    for (auto it = held->request.cursors.keyBegin(); it != held->request.cursors.keyEnd(); ++it) {
        const BucketHead head = m_watch.head(*it);
        reply.durable.insert(*it, head.seq);
        reply.sums.insert(*it, head.sum);
    }
    send(*held, std::move(reply));
}

void SyncApi::send(const Held &held, protocol::SyncReply reply) const
{
    reply.serverTimeMs = m_clock.wallMs();
    held.reply.send(jsonBody(protocol::encodeSyncReply(reply), held.request.acceptZstd));
}

void SyncApi::onSnapshot(const SignedRequest &request, const httpd::HttpReply &reply)
{
    const QByteArray traceId = request.http.traceId;
    const QString bucket = QString::fromUtf8(request.http.parameters.value("bucket"));
    const QByteArray headText = request.http.queryItem("head");
    const QString after = QString::fromUtf8(request.http.queryItem("after"));
    bool ok = true;
    const qint64 head = headText.isEmpty() ? 0 : headText.toLongLong(&ok);
    const qsizetype comma = after.indexOf(u',');
    if (!ok || head < 0 || !protocol::isBucketName(bucket) || (!after.isEmpty() && comma < 0)) {
        sendError(reply, traceId, {ErrorKind::Invalid, u"sync.field"_s, {}});
        return;
    }
    if (!mayRead(bucket, request.device)) {
        sendError(reply, traceId, {ErrorKind::Forbidden, u"sync.bucket"_s, {}});
        return;
    }
    const bool zstd = request.http.header("accept-encoding").contains("zstd");
    m_store.snapshot(bucket, head, comma < 0 ? QString() : after.first(comma),
                     comma < 0 ? QString() : after.sliced(comma + 1), kSnapshotBytes)
            .then(this, [reply, traceId, zstd](const base::Result<protocol::SnapshotPage> &page) {
                if (page)
                    reply.send(jsonBody(protocol::encodeSnapshotPage(*page), zstd));
                else
                    sendError(reply, traceId, page.error());
            });
}

void SyncApi::shutdown()
{
    m_stopping = true;
    const auto all = m_held.values();
    for (const HeldPtr &held : all) {
        forget(held);
        answerFromHeads(held);
    }
}

} // namespace riderport::district
