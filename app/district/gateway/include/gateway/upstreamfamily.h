// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "gateway/upstreammapping.h"
#include "gateway/upstreamtransport.h"

#include <QMap>
#include <QObject>

#include <memory>

namespace riderport::district {

/// Where a family's gateway is and how we are known there.
struct UpstreamEndpoint
{
    QUrl url;          ///< base, paths of sources are appended
    QString caller;    ///< rid of family A, paasid of family B
    QByteArray key;    ///< appKey of family A, token of family B
    bool demo = false; ///< everything from there is made up
};

/// {"simulator":bool,"families":{"A":{"url","caller","key"},…}}; by family. Code upstreams.invalid.
[[nodiscard]] base::Result<QMap<QString, UpstreamEndpoint>>
readUpstreamEndpoints(const QByteArray &json);

/// How one family proves who is asking. Loop thread.
class UpstreamFamily : public QObject
{
    Q_OBJECT
public:
    using Headers = QList<std::pair<QByteArray, QByteArray>>;
    using QObject::QObject;

    /// The headers of one request to that source. Codes of UpstreamTransport, upstream.secret.
    [[nodiscard]] virtual QFuture<base::Result<Headers>> sign(const UpstreamSource &source) = 0;
    /// Whether their code means that the proof in those headers has become stale. The next sign()
    /// makes a fresh one, unless that has happened meanwhile; asking once more may then help.
    [[nodiscard]] virtual bool renewAfter(const QString &code, const Headers &used) = 0;
};

/// Nothing for an unknown family name. `clock` and `transport` must outlive the result.
[[nodiscard]] std::unique_ptr<UpstreamFamily> makeUpstreamFamily(const QString &name,
                                                                 const UpstreamEndpoint &endpoint,
                                                                 const base::Clock &clock,
                                                                 UpstreamTransport &transport);

} // namespace riderport::district
