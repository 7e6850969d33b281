// SPDX-License-Identifier: Apache-2.0
#include "pinyinworker.h"

#include <QFile>
#include <QSet>

#include <exception>
#include <libime/core/languagemodel.h>
#include <libime/core/lattice.h>
#include <libime/core/userlanguagemodel.h>
#include <libime/pinyin/pinyincontext.h>
#include <libime/pinyin/pinyindictionary.h>
#include <libime/pinyin/pinyinime.h>

namespace riderport::ime {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxCandidates = 60;
constexpr auto kPackagedDictionary = "/usr/share/libime/sc.dict"_L1;

} // namespace

PinyinWorker::PinyinWorker(QString dictionaryPath)
    : m_dictionaryPath(std::move(dictionaryPath))
{}

PinyinWorker::~PinyinWorker() = default;

bool PinyinWorker::load()
{
    if (m_tried)
        return m_context != nullptr;
    m_tried = true;
    QFile lexicon(u":/riderport/ime/words.tsv"_s);
    if (lexicon.open(QIODevice::ReadOnly))
        m_lexicon = Lexicon::fromTsv(lexicon.readAll());
    // libime reports failures by throwing; nothing of that may leave this file.
    try {
        const QString path =
                m_dictionaryPath.isEmpty() ? QString(kPackagedDictionary) : m_dictionaryPath;
        auto dictionary = std::make_unique<libime::PinyinDictionary>();
        dictionary->load(libime::PinyinDictionary::SystemDict, path.toLocal8Bit().constData(),
                         libime::PinyinDictFormat::Binary);
        auto file = libime::DefaultLanguageModelResolver::instance().languageModelFileForLanguage(
                "zh_CN");
        auto ime = std::make_unique<libime::PinyinIME>(
                std::move(dictionary), std::make_unique<libime::UserLanguageModel>(file));
        ime->setNBest(2);
        ime->setScoreFilter(1.0F);
        m_ime = std::move(ime);
        m_context = std::make_unique<libime::PinyinContext>(m_ime.get());
    } catch (const std::exception &failure) {
        Q_EMIT unavailable(QString::fromLocal8Bit(failure.what()));
        return false;
    }
    return true;
}

void PinyinWorker::onQueried(const QString &letters)
{
    if (!load())
        return;
    QList<Candidate> candidates;
    QSet<QString> seen;
    const auto add = [&candidates, &seen](const QString &text, int consumed) {
        if (text.isEmpty() || consumed <= 0 || seen.contains(text))
            return;
        seen.insert(text);
        candidates.append({text, consumed});
    };
    for (const QString &word : m_lexicon.wordsFor(letters))
        add(word, int(letters.size()));
    try {
        m_context->clear();
        m_context->type(letters.toStdString());
        for (const auto &sentence : m_context->candidates()) {
            if (candidates.size() >= kMaxCandidates)
                break;
            if (sentence.sentence().empty())
                continue;
            add(QString::fromStdString(sentence.toString()),
                int(sentence.sentence().back()->to()->index()));
        }
        m_context->clear();
    } catch (const std::exception &failure) {
        Q_EMIT unavailable(QString::fromLocal8Bit(failure.what()));
        return;
    }
    Q_EMIT candidatesReady(letters, candidates);
}

void PinyinWorker::onForgotten()
{
    if (m_context)
        m_context->clear();
}

} // namespace riderport::ime
