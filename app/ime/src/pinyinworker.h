// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ime/candidatesource.h"
#include "lexicon.h"

#include <QObject>

#include <memory>

namespace libime {
class PinyinContext;
class PinyinIME;
} // namespace libime

namespace riderport::ime {

/// The libime side; lives in the engine's thread.
class PinyinWorker final : public QObject
{
    Q_OBJECT
public:
    explicit PinyinWorker(QString dictionaryPath);
    ~PinyinWorker() override;

    void onQueried(const QString &letters);
    void onForgotten();

Q_SIGNALS:
    void candidatesReady(const QString &letters,
                         const QList<riderport::ime::Candidate> &candidates);
    void unavailable(const QString &reason);

private:
    bool load();

    QString m_dictionaryPath;
    bool m_tried = false;
    Lexicon m_lexicon;
    std::unique_ptr<libime::PinyinIME> m_ime;
    std::unique_ptr<libime::PinyinContext> m_context;
};

} // namespace riderport::ime
