// SPDX-License-Identifier: Apache-2.0
#include "ime/pinyinengine.h"

#include "pinyinworker.h"

namespace riderport::ime {

PinyinEngine::PinyinEngine(QString dictionaryPath, QObject *parent)
    : CandidateSource(parent)
    , m_dictionaryPath(std::move(dictionaryPath))
{
    qRegisterMetaType<QList<Candidate>>();
}

PinyinEngine::~PinyinEngine()
{
    m_thread.quit();
    m_thread.wait();
}

void PinyinEngine::ensureStarted()
{
    if (m_worker)
        return;
    auto worker = std::make_unique<PinyinWorker>(m_dictionaryPath);
    worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, worker.get(), &QObject::deleteLater);
    connect(this, &PinyinEngine::queried, worker.get(), &PinyinWorker::onQueried);
    connect(this, &PinyinEngine::forgotten, worker.get(), &PinyinWorker::onForgotten);
    connect(worker.get(), &PinyinWorker::candidatesReady, this, &CandidateSource::candidatesReady);
    connect(worker.get(), &PinyinWorker::unavailable, this, &CandidateSource::unavailable);
    m_worker = worker.release(); // from here the thread's end deletes it
    m_thread.setObjectName(QStringLiteral("pinyin"));
    m_thread.start(QThread::LowPriority);
}

void PinyinEngine::query(const QString &letters)
{
    ensureStarted();
    Q_EMIT queried(letters);
}

void PinyinEngine::forget()
{
    if (m_worker)
        Q_EMIT forgotten();
}

} // namespace riderport::ime
