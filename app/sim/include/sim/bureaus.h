// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "httpd/httpmessages.h"
#include "sim/faultscript.h"

#include <QHash>
#include <QJsonObject>
#include <QString>

#include <deque>

namespace riderport::sim {

/// How a caller is known at a simulated bureau. For demonstrations only, hence fixed.
struct SimCredentials
{
    QString caller;
    QByteArray key;
};
[[nodiscard]] SimCredentials simCredentials(const QString &family);

/// The question a bureau understood.
struct RecordQuery
{
    quint64 subject = 0; ///< 0: nobody with that ID number
    QString idNumber;
    QString name;
    QStringList types;
    int from = 0;
    int to = 0;
};

/// One simulated bureau: checks who asks, reads the question, says the answer in its own words.
class Bureau
{
public:
    explicit Bureau(const base::Clock &clock)
        : m_clock(clock)
    {}
    virtual ~Bureau() = default;

    /// The bureau's refusal when the signature does not hold; empty when it does.
    [[nodiscard]] virtual QJsonObject refusal(const httpd::HttpRequest &request) = 0;
    [[nodiscard]] virtual RecordQuery read(const QJsonObject &body) const = 0;
    [[nodiscard]] virtual QJsonObject records(const RecordQuery &query,
                                              const Fault &fault) const = 0;
    /// The bureau's words for a normalised code.
    [[nodiscard]] virtual QJsonObject error(const QString &code) const = 0;
    /// Whether it writes GBK and says so.
    [[nodiscard]] virtual bool writesGbk() const { return false; }

protected:
    [[nodiscard]] int currentMonth() const;
    [[nodiscard]] QDateTime chinaTime() const;

    const base::Clock &m_clock;
};

/// Family A, national and provincial data sharing: sid, rid, rtime, HMAC-SHA256 with a secret that
/// has to be fetched.
class SharingBureau final : public Bureau
{
public:
    using Bureau::Bureau;
    [[nodiscard]] QJsonObject refusal(const httpd::HttpRequest &request) override;
    [[nodiscard]] RecordQuery read(const QJsonObject &body) const override;
    [[nodiscard]] QJsonObject records(const RecordQuery &query, const Fault &fault) const override;
    [[nodiscard]] QJsonObject error(const QString &code) const override;

    /// The refresh call: a fresh secret, AES-encrypted under the caller's key.
    [[nodiscard]] QJsonObject freshSecret(const httpd::HttpRequest &request);
    /// Forgets the secret: signatures with it are refused from now on.
    void expireSecret() { m_secret.clear(); }

    static constexpr int kSecretLifeS = 600;

private:
    QByteArray m_secret;
    qint64 m_secretUntilMs = 0;
};

/// Family B, API gateway ("tif"): timestamp, nonce, SHA-256; answers in GBK.
class TifBureau final : public Bureau
{
public:
    using Bureau::Bureau;
    [[nodiscard]] QJsonObject refusal(const httpd::HttpRequest &request) override;
    [[nodiscard]] RecordQuery read(const QJsonObject &body) const override;
    [[nodiscard]] QJsonObject records(const RecordQuery &query, const Fault &fault) const override;
    [[nodiscard]] QJsonObject error(const QString &code) const override;
    [[nodiscard]] bool writesGbk() const override { return true; }

private:
    std::deque<QByteArray> m_nonces;
};

} // namespace riderport::sim
