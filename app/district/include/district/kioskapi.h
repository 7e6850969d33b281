// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "crypto/signing.h"
#include "district/signaturegate.h"

#include <QHash>
#include <QObject>

namespace riderport::district {

class OpsStore;

/// What a kiosk last said about itself.
struct KioskStatus
{
    QString station;
    qint64 seenMs = 0; ///< our wall clock
    qint64 outbox = 0;
    qint64 skewMs = 0; ///< kiosk's clock minus ours
    QString version;
    QString camera;
    QString scanner;
};

/// POST /v1/enrol, /v1/ops and /v1/heartbeat. Loop thread.
class KioskApi final : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        DeviceStore &devices;
        DeviceRegistry &registry;
        OpsStore &ops;
        const base::Clock &clock;
        QByteArray issuerPublicKey;
        qint64 districtCode = 0; ///< GB/T 2260
    };
    explicit KioskApi(Parts parts);

    void registerRoutes(httpd::HttpRoutes &routes, SignatureGate &gate);
    [[nodiscard]] const QHash<QString, KioskStatus> &statuses() const { return m_statuses; }

private:
    void onEnrol(const httpd::HttpRequest &request, const httpd::HttpReply &reply,
                 SignatureGate &gate);
    void onOps(const SignedRequest &request, const httpd::HttpReply &reply);
    void onHeartbeat(const SignedRequest &request, const httpd::HttpReply &reply);
    [[nodiscard]] bool tooManyFailures(const QString &peer);

    Parts m_parts;
    QHash<QString, KioskStatus> m_statuses;
    QHash<QString, QList<qint64>> m_enrolFailures; ///< by peer, monotonic ms
};

} // namespace riderport::district
