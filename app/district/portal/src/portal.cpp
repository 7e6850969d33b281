// SPDX-License-Identifier: Apache-2.0
#include "portal/portal.h"

#include "kioskloginapi.h"
#include "phoneapi.h"
#include "portalshared.h"
#include "webfiles.h"

#include <QDir>
#include <QLoggingCategory>
#include <QTimer>

namespace riderport::district {

using namespace Qt::StringLiterals;

namespace {
Q_LOGGING_CATEGORY(lcPortal, "riderport.district.portal")
constexpr int kSweepMs = 10'000;
} // namespace

struct Portal::Private
{
    PortalShared shared;
    std::shared_ptr<const WebFiles> files;
    std::unique_ptr<PhoneApi> phone{};
    std::unique_ptr<KioskLoginApi> kiosk{};
    QTimer sweep{};
};

base::Result<std::unique_ptr<Portal>>
Portal::create(PortalStore &store, const SessionDirectory &sessions,
               const ConsentCatalogue &catalogue, const base::Clock &clock, SmsSender *sms,
               const HandoffResults *results, const PortalOptions &options)
{
    const auto files = WebFiles::load(QDir(options.resourcesDir).filePath(u"web"_s));
    if (!files)
        return files.error();
    const auto descriptors = loadPublicDescriptors(options.resourcesDir);
    if (!descriptors)
        return descriptors.error();
    std::unique_ptr<Private> parts(new Private{
            {store, sessions, catalogue, clock, sms, results, *descriptors, options}, *files});
    return std::unique_ptr<Portal>(new Portal(std::move(parts)));
}

Portal::Portal(std::unique_ptr<Private> parts)
    : d(std::move(parts))
{
    d->phone = std::make_unique<PhoneApi>(d->shared);
    d->kiosk = std::make_unique<KioskLoginApi>(d->shared);
    connect(&d->sweep, &QTimer::timeout, this, [this] {
        d->shared.shelf.dropExpired(d->shared.clock.wallMs());
        d->shared.store.closeExpiredSessions().then(this, [](const base::Result<qint64> &closed) {
            if (!closed)
                qCWarning(lcPortal, "closing expired sessions: %s",
                          qPrintable(closed.error().code));
        });
    });
    d->sweep.start(kSweepMs);
}

Portal::~Portal() = default;

void Portal::registerRoutes(httpd::HttpRoutes &routes, const AddKioskRoute &addKioskRoute)
{
    WebFiles::registerRoutes(d->files, routes);
    d->phone->registerRoutes(routes);
    d->kiosk->registerRoutes(addKioskRoute);
}

void Portal::setPublicUrl(const QUrl &url)
{
    d->shared.options.publicUrl = url;
}

void Portal::releaseWaiting()
{
    d->shared.stopping = true;
    d->shared.waiters.notifyAll();
}

} // namespace riderport::district
