// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ime/candidatesource.h"

#include <QThread>

#include <memory>

namespace riderport::ime {

class PinyinWorker;

/// Candidates from libime (LGPL-2.1+, the engine of fcitx5) with the project lexicon in front. The
/// dictionary (about 24 MB) is loaded in a thread of its own at the first query, never at start-up.
class PinyinEngine final : public CandidateSource
{
    Q_OBJECT
public:
    /// Empty paths mean the packaged dictionary and language model.
    explicit PinyinEngine(QString dictionaryPath = {}, QObject *parent = nullptr);
    ~PinyinEngine() override;

    void query(const QString &letters) override;
    void forget() override;

Q_SIGNALS:
    void queried(const QString &letters);
    void forgotten();

private:
    void ensureStarted();

    QString m_dictionaryPath;
    QThread m_thread;
    PinyinWorker *m_worker = nullptr; ///< lives in m_thread, deleted when it finishes
};

} // namespace riderport::ime
