// SPDX-License-Identifier: Apache-2.0
#include "sim/upstreamsimulator.h"

#include "base/boundedjson.h"
#include "crypto/random.h"
#include "domain/sampleperson.h"
#include "droppingdoor.h"
#include "httpd/httperrors.h"

#include <QJsonDocument>
#include <QStringEncoder>
#include <QTimer>

namespace riderport::sim {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

constexpr qsizetype kMaxSms = 1000;
constexpr qsizetype kMaxBody = 64 * 1024;

httpd::HttpResponse fromBureau(QByteArray body, QByteArray contentType = "application/json")
{
    httpd::HttpResponse response;
    response.contentType = std::move(contentType);
    response.body = std::move(body);
    response.headers = {{"X-Riderport-Simulator", "1"}};
    return response;
}

QByteArray gbk(const QByteArray &utf8)
{
    QStringEncoder encoder("GB18030");
    return encoder(QString::fromUtf8(utf8));
}

} // namespace

struct UpstreamSimulator::Gate
{
    QString family;
    QByteArray path;
    std::unique_ptr<Bureau> bureau;
    httpd::HttpRoutes routes;
    std::unique_ptr<httpd::HttpServer> server;
    std::unique_ptr<DroppingDoor> door;
    QList<httpd::HttpReply> hanging; ///< accepted, never answered
    qint64 asked = 0;
    qint64 refused = 0;
};

UpstreamSimulator::UpstreamSimulator(const base::Clock &clock)
    : m_clock(clock)
    , m_control(httpd::makeHttpServer())
    , m_a(std::make_unique<Gate>())
    , m_b(std::make_unique<Gate>())
{
    auto sharing = std::make_unique<SharingBureau>(clock);
    m_a->routes.add("POST", "/share/secret",
                    [bureau = sharing.get()](const httpd::HttpRequest &request,
                                             const httpd::HttpReply &reply) {
                        reply.send(
                                fromBureau(QJsonDocument(bureau->freshSecret(request)).toJson()));
                    });
    m_a->family = u"A"_s;
    m_a->path = "/share/api/hrss/record";
    m_a->bureau = std::move(sharing);
    m_b->family = u"B"_s;
    m_b->path = "/ebus/hrss/record";
    m_b->bureau = std::make_unique<TifBureau>(clock);
    registerBureau(*m_a);
    registerBureau(*m_b);
    registerControl();
}

UpstreamSimulator::~UpstreamSimulator() = default;

base::Result<void> UpstreamSimulator::open(Gate &gate, const QHostAddress &address)
{
    gate.server = httpd::makeHttpServer();
    httpd::HttpServerOptions options;
    options.address = address;
    if (auto listening = gate.server->listen(options, gate.routes.handler()); !listening)
        return listening;
    gate.door = std::make_unique<DroppingDoor>(address, gate.server->port());
    if (!gate.door->listen(address))
        return Error{ErrorKind::Unavailable, u"httpd.listen"_s, gate.door->errorString()};
    return {};
}

base::Result<void> UpstreamSimulator::listen(const QHostAddress &address, quint16 port)
{
    if (!address.isLoopback())
        return Error{ErrorKind::Forbidden, u"sim.loopback"_s, {}};
    m_address = address;
    httpd::HttpServerOptions options;
    options.address = address;
    options.port = port;
    if (auto listening = m_control->listen(options, m_controlRoutes.handler()); !listening)
        return listening;
    if (auto opened = open(*m_a, address); !opened)
        return opened;
    return open(*m_b, address);
}

QString UpstreamSimulator::urlOf(quint16 port) const
{
    const QString host = m_address.protocol() == QAbstractSocket::IPv6Protocol
                                 ? u"[%1]"_s.arg(m_address.toString())
                                 : m_address.toString();
    return u"http://%1:%2"_s.arg(host).arg(port);
}

QJsonObject UpstreamSimulator::readyLine() const
{
    const QString control = urlOf(m_control->port());
    return {{u"ready"_s, true},
            {u"control"_s, control},
            {u"upstreams"_s, QJsonObject{{u"A"_s, urlOf(m_a->door->serverPort())},
                                         {u"B"_s, urlOf(m_b->door->serverPort())}}},
            {u"sms"_s, QString(control + u"/sms"_s)}};
}

QJsonObject UpstreamSimulator::endpoints() const
{
    QJsonObject families;
    for (const Gate *gate : {m_a.get(), m_b.get()}) {
        const SimCredentials credentials = simCredentials(gate->family);
        families.insert(gate->family,
                        QJsonObject{{u"url"_s, urlOf(gate->door->serverPort())},
                                    {u"caller"_s, credentials.caller},
                                    {u"key"_s, QString::fromLatin1(credentials.key)}});
    }
    return {{u"simulator"_s, true}, {u"families"_s, families}};
}

void UpstreamSimulator::registerControl()
{
    const auto json = [](const QJsonObject &object) { return httpd::jsonResponse(object); };
    m_controlRoutes.add(
            "POST", "/script",
            [this, json](const httpd::HttpRequest &request, const httpd::HttpReply &reply) {
                const auto order = base::parseJsonObject(request.body, kMaxBody, 4);
                const auto added = order ? m_script.add(*order) : base::Result<void>(order.error());
                if (added)
                    reply.send(json({{u"pending"_s, m_script.pending()}}));
                else
                    reply.send(httpd::errorResponse(added.error(), request.traceId));
            });
    m_controlRoutes.add("DELETE", "/script",
                        [this, json](const httpd::HttpRequest &, const httpd::HttpReply &reply) {
                            m_script.clear();
                            reply.send(json({{u"pending"_s, 0}}));
                        });
    m_controlRoutes.add("GET", "/upstreams",
                        [this, json](const httpd::HttpRequest &, const httpd::HttpReply &reply) {
                            reply.send(json(endpoints()));
                        });
    m_controlRoutes.add("GET", "/stats",
                        [this, json](const httpd::HttpRequest &, const httpd::HttpReply &reply) {
                            QJsonObject stats{{u"pending"_s, m_script.pending()}};
                            for (const Gate *gate : {m_a.get(), m_b.get()})
                                stats.insert(gate->family,
                                             QJsonObject{{u"asked"_s, gate->asked},
                                                         {u"refused"_s, gate->refused}});
                            reply.send(json(stats));
                        });
    m_controlRoutes.add(
            "POST", "/sms",
            [this, json](const httpd::HttpRequest &request, const httpd::HttpReply &reply) {
                const auto object = base::parseJsonObject(request.body, kMaxBody, 4);
                base::JsonReader in(object ? *object : QJsonObject());
                const QString to = in.string(u"to"_s, 20);
                const QString text = in.string(u"text"_s, 500);
                if (in.error()) {
                    reply.send(httpd::errorResponse(*in.error(), request.traceId));
                    return;
                }
                m_sms.append(QJsonObject{{u"to"_s, to},
                                         {u"text"_s, text},
                                         {u"at_ms"_s, m_clock.wallMs()},
                                         {u"demo"_s, true},
                                         {u"mark"_s, u"演示"_s}});
                if (m_sms.size() > kMaxSms)
                    m_sms.removeFirst();
                reply.send(json({{u"accepted"_s, true}}));
            });
    m_controlRoutes.add(
            "GET", "/sms", [this, json](const httpd::HttpRequest &, const httpd::HttpReply &reply) {
                reply.send(
                        json({{u"demo"_s, true}, {u"mark"_s, u"演示"_s}, {u"messages"_s, m_sms}}));
            });
}

void UpstreamSimulator::registerBureau(Gate &gate)
{
    gate.routes.add("POST", gate.path,
                    [this, &gate](const httpd::HttpRequest &request,
                                  const httpd::HttpReply &reply) { answer(gate, request, reply); });
}

void UpstreamSimulator::answer(Gate &gate, const httpd::HttpRequest &request,
                               const httpd::HttpReply &reply)
{
    ++gate.asked;
    const QJsonObject refusal = gate.bureau->refusal(request);
    if (!refusal.isEmpty()) {
        ++gate.refused;
        deliver(gate, reply, refusal, {});
        return;
    }
    const auto body = base::parseJsonObject(request.body, kMaxBody, 4);
    const RecordQuery query = gate.bureau->read(body ? *body : QJsonObject());
    const Fault fault = m_script.take(gate.family, query.subject);
    if (fault.hang) {
        gate.hanging.append(reply);
        if (gate.hanging.size() > 100)
            gate.hanging.removeFirst();
        return;
    }
    QJsonObject json;
    const bool twisted =
            QStringList{u"FOREIGN_PERSON"_s, u"UNKNOWN_CODES"_s, u"OMIT_FIELDS"_s, u"STALE"_s}
                    .contains(fault.error);
    if (fault.error == "SECRET_EXPIRED"_L1) {
        static_cast<SharingBureau *>(m_a->bureau.get())->expireSecret();
        json = gate.bureau->error(fault.error);
    } else if (!fault.error.isEmpty() && !twisted) {
        json = gate.bureau->error(fault.error);
    } else if (query.subject == 0) {
        json = gate.bureau->error(u"NOT_ENROLLED"_s);
    } else if (query.name != domain::samplePerson(query.subject).name) {
        json = gate.bureau->error(u"IDENTITY_MISMATCH"_s);
    } else if (domain::samplePerson(query.subject).enrolment ==
               domain::SamplePerson::Enrolment::NotEnrolled) {
        json = gate.bureau->error(u"NOT_ENROLLED"_s);
    } else {
        json = gate.bureau->records(query, fault);
    }
    QTimer::singleShot(fault.latencyMs, this,
                       [this, &gate, reply, json, fault] { deliver(gate, reply, json, fault); });
}

void UpstreamSimulator::deliver(Gate &gate, const httpd::HttpReply &reply, const QJsonObject &json,
                                const Fault &fault)
{
    QByteArray body = QJsonDocument(json).toJson(QJsonDocument::Compact);
    if (fault.drop) {
        httpd::HttpResponse dropped = fromBureau({});
        dropped.headers.emplaceBack(DroppingDoor::kDropHeader, "1");
        reply.send(dropped);
    } else if (fault.garbage) {
        reply.send(fromBureau("<html>502 Bad Gateway</html>" + crypto::randomBytes(64)));
    } else if (fault.error == "HTTP_500"_L1) {
        httpd::HttpResponse broken = fromBureau("{}");
        broken.status = 500;
        reply.send(broken);
    } else if (fault.gbk) {
        reply.send(fromBureau(gbk(body)));
    } else if (gate.bureau->writesGbk()) {
        reply.send(fromBureau(gbk(body), "application/json;charset=GBK"));
    } else {
        reply.send(fromBureau(body, "application/json;charset=UTF-8"));
    }
}

} // namespace riderport::sim
