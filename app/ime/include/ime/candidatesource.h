// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QObject>
#include <QString>

namespace riderport::ime {

/// One suggestion for the letters typed so far.
struct Candidate
{
    QString text;
    int consumed = 0; ///< how many of the typed letters it stands for, 1 … length
    friend bool operator==(const Candidate &, const Candidate &) = default;
};

/// Turns typed letters into Chinese words. Used from one thread; answers arrive there too, later.
/// Learns nothing: a public terminal must not suggest to one person what another has typed (PIPL
/// art. 6, 51).
class CandidateSource : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    /// Asks for candidates of `letters` ([a-z'], at most 60). A newer question may swallow an older
    /// answer.
    virtual void query(const QString &letters) = 0;
    /// Forgets the last question and its working memory.
    virtual void forget() = 0;

Q_SIGNALS:
    void candidatesReady(const QString &letters,
                         const QList<riderport::ime::Candidate> &candidates);
    /// No dictionary or a broken one; typing Latin letters and digits still works. Sent once.
    void unavailable(const QString &reason);
};

} // namespace riderport::ime
