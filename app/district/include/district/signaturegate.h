// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "district/devicestore.h"
#include "httpd/httproutes.h"

#include <functional>

namespace riderport::district {

class DeviceRegistry;
class NonceJournal;

/// A request whose signature holds.
struct SignedRequest
{
    const httpd::HttpRequest &http; ///< valid during the call only; copy what you need
    Device device;
};

using SignedHandler = std::function<void(const SignedRequest &, const httpd::HttpReply &)>;

/// Lets signed requests of enrolled kiosks through (app/docs/WIRE.md 1) and answers all others
/// itself: signature.missing, signature.invalid, signature.digest, signature.unknown-key,
/// signature.revoked, signature.clock (with server_time), signature.replayed. Loop thread.
class SignatureGate
{
public:
    /// All must outlive the gate and its handlers.
    SignatureGate(const DeviceRegistry &registry, NonceJournal &nonces, const base::Clock &clock);

    /// A handler for HttpRoutes::add().
    [[nodiscard]] httpd::HttpHandler guard(SignedHandler handler);

    /// Enrolment: signed with a key nobody knows yet, under the name "enrol". True when the
    /// signature holds for `publicKey`; otherwise the reply is answered.
    [[nodiscard]] bool admitNewKey(const httpd::HttpRequest &request, const httpd::HttpReply &reply,
                                   const QByteArray &publicKey);

private:
    [[nodiscard]] base::Result<Device> check(const httpd::HttpRequest &request) const;
    [[nodiscard]] base::Result<void> checkKey(const httpd::HttpRequest &request,
                                              const QByteArray &publicKey) const;
    void refuse(const httpd::HttpRequest &request, const httpd::HttpReply &reply,
                const base::Error &error) const;

    const DeviceRegistry &m_registry;
    NonceJournal &m_nonces;
    const base::Clock &m_clock;
};

} // namespace riderport::district
