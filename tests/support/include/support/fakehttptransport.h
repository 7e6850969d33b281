// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transport/httptransport.h"

#include <QObject>
#include <QPromise>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace riderport::test {

/// The network as a test wants it: every request goes to `handler`, and faults lie in wait on
/// paths. Replies arrive by the event loop, never inside send().
class FakeHttpTransport final : public transport::HttpTransport
{
public:
    using Outcome = base::Result<transport::HttpReply>;
    /// Nothing = hold the request until poke() asks again.
    using Handler = std::function<std::optional<Outcome>(const transport::HttpRequest &)>;

    enum class Fault {
        Unreachable,    ///< never got there
        Timeout,        ///< never got there, and nobody said so
        CutAfterCommit, ///< carried out, but the reply was lost
        Hang,           ///< carried out, no reply until expireHanging()
        Status500,
        Status503,  ///< with Retry-After: 0
        HtmlPage,   ///< a proxy's page with status 200
        ShortBody,  ///< half of the body, as if it were whole
        FlippedBit, ///< one bit of the body
        Repeated,   ///< the reply to the request before, on the same path
    };

    explicit FakeHttpTransport(Handler handler)
        : m_handler(std::move(handler))
    {}

    [[nodiscard]] QByteArray authority() const override { return "district.test"; }

    /// The next `count` requests whose path starts so meet this fault.
    void inject(const QByteArray &pathPrefix, Fault fault, int count = 1)
    {
        for (int i = 0; i < count; ++i)
            m_faults.append({pathPrefix, fault});
    }
    /// A fault that looks at the request itself; asked before the injected ones.
    std::function<std::optional<Fault>(const transport::HttpRequest &)> faultFor;
    [[nodiscard]] qsizetype faultsLeft() const { return m_faults.size(); }

    /// Held requests are put to the handler again.
    void poke()
    {
        const auto held = std::exchange(m_held, {});
        for (const auto &call : held)
            consult(call);
    }
    void expireHanging()
    {
        const auto hanging = std::exchange(m_hanging, {});
        for (const auto &call : hanging)
            call->end(base::Error{base::ErrorKind::Timeout, QStringLiteral("http.timeout"), {}});
    }
    [[nodiscard]] qsizetype heldCount() const
    {
        qsizetype count = 0;
        for (const auto &call : m_held)
            count += call->ended ? 0 : 1;
        return count;
    }
    [[nodiscard]] bool isHanging() const { return !m_hanging.isEmpty(); }

    [[nodiscard]] QFuture<Outcome> send(const transport::HttpRequest &request,
                                        transport::HttpCancellation cancellation) override
    {
        requests.append(request);
        auto call = std::make_shared<Call>();
        call->request = request;
        call->promise.start();
        cancellation.onCancelled([call] {
            call->end(
                    base::Error{base::ErrorKind::Cancelled, QStringLiteral("http.cancelled"), {}});
        });
        QTimer::singleShot(0, &m_context, [this, call] { begin(call); });
        return call->promise.future();
    }

    QList<transport::HttpRequest> requests;

private:
    struct Call
    {
        transport::HttpRequest request;
        QPromise<Outcome> promise;
        bool ended = false;
        void end(Outcome outcome)
        {
            if (std::exchange(ended, true))
                return;
            promise.addResult(std::move(outcome));
            promise.finish();
        }
    };
    using CallPointer = std::shared_ptr<Call>;

    static base::Error offline(const QString &code) { return {base::ErrorKind::Offline, code, {}}; }

    std::optional<Fault> takeFault(const QByteArray &path)
    {
        for (qsizetype i = 0; i < m_faults.size(); ++i) {
            if (path.startsWith(m_faults[i].first))
                return m_faults.takeAt(i).second;
        }
        return std::nullopt;
    }

    void begin(const CallPointer &call)
    {
        if (call->ended)
            return;
        auto fault = faultFor ? faultFor(call->request) : std::nullopt;
        if (!fault)
            fault = takeFault(call->request.path);
        if (!fault) {
            consult(call);
            return;
        }
        switch (*fault) {
        case Fault::Unreachable:
            call->end(offline(QStringLiteral("http.unreachable")));
            return;
        case Fault::Timeout:
            call->end(base::Error{base::ErrorKind::Timeout, QStringLiteral("http.timeout"), {}});
            return;
        case Fault::Status500:
            call->end(transport::HttpReply{500, {}, "<html>broken</html>"});
            return;
        case Fault::Status503:
            call->end(transport::HttpReply{503, {{"retry-after", "0"}}, {}});
            return;
        case Fault::HtmlPage:
            call->end(transport::HttpReply{200, {}, "<html>log in to this network</html>"});
            return;
        case Fault::Repeated:
            call->end(m_last.value(call->request.path, transport::HttpReply{200, {}, "{}"}));
            return;
        default:
            break;
        }
        std::optional<Outcome> outcome = m_handler(call->request);
        if (*fault == Fault::Hang) {
            m_hanging.append(call);
        } else if (*fault == Fault::CutAfterCommit || !outcome || !*outcome) {
            call->end(offline(QStringLiteral("http.closed")));
        } else {
            transport::HttpReply reply = **outcome;
            if (*fault == Fault::ShortBody)
                reply.body.truncate(reply.body.size() / 2);
            else if (!reply.body.isEmpty())
                reply.body[reply.body.size() * 2 / 3] =
                        char(reply.body.at(reply.body.size() * 2 / 3) ^ 1);
            call->end(reply);
        }
    }

    void consult(const CallPointer &call)
    {
        if (call->ended)
            return;
        std::optional<Outcome> outcome = m_handler(call->request);
        if (!outcome) {
            m_held.append(call);
            return;
        }
        if (*outcome)
            m_last.insert(call->request.path, **outcome);
        call->end(std::move(*outcome));
    }

    Handler m_handler;
    QList<std::pair<QByteArray, Fault>> m_faults;
    QList<CallPointer> m_held;
    QList<CallPointer> m_hanging;
    QMap<QByteArray, transport::HttpReply> m_last;
    QObject m_context;
};

} // namespace riderport::test
