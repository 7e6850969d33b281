// SPDX-License-Identifier: Apache-2.0
#include "ime/pinyinengine.h"

#include <QSignalSpy>
#include <QTest>

using namespace riderport::ime;
using namespace Qt::StringLiterals;

class TestPinyinEngine : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsTheWordsOfTheTrade_data();
    void findsTheWordsOfTheTrade();
    void partialCandidatesSayHowMuchTheyConsume();
    void saysWhenTheDictionaryIsMissing();

private:
    static QList<Candidate> ask(PinyinEngine &engine, const QString &letters)
    {
        QSignalSpy ready(&engine, &CandidateSource::candidatesReady);
        engine.query(letters);
        if (!ready.wait(20'000))
            return {};
        return ready.first().at(1).value<QList<Candidate>>();
    }

    PinyinEngine m_engine;
};

void TestPinyinEngine::findsTheWordsOfTheTrade_data()
{
    QTest::addColumn<QString>("letters");
    QTest::addColumn<QString>("word");
    QTest::newRow("greeting") << u"nihao"_s << u"你好"_s;
    QTest::newRow("insurance") << u"shehuibaoxian"_s << u"社会保险"_s;
    QTest::newRow("contract") << u"laodonghetong"_s << u"劳动合同"_s;
    QTest::newRow("rider, from the lexicon") << u"qishou"_s << u"骑手"_s;
    QTest::newRow("street, from the lexicon") << u"chechenglu"_s << u"车城路"_s;
    QTest::newRow("name") << u"wangxiaoming"_s << u"王小明"_s;
}

void TestPinyinEngine::findsTheWordsOfTheTrade()
{
    QFETCH(QString, letters);
    QFETCH(QString, word);
    const auto candidates = ask(m_engine, letters);
    QVERIFY(!candidates.isEmpty());
    QCOMPARE(candidates.first().text, word);
    QCOMPARE(candidates.first().consumed, int(letters.size()));
}

void TestPinyinEngine::partialCandidatesSayHowMuchTheyConsume()
{
    const auto candidates = ask(m_engine, u"nihao"_s);
    const auto single = std::find_if(candidates.begin(), candidates.end(),
                                     [](const Candidate &c) { return c.text == u"你"_s; });
    QVERIFY(single != candidates.end());
    QCOMPARE(single->consumed, 2);
}

void TestPinyinEngine::saysWhenTheDictionaryIsMissing()
{
    PinyinEngine engine(u"/nonexistent/sc.dict"_s);
    QSignalSpy unavailable(&engine, &CandidateSource::unavailable);
    engine.query(u"ni"_s);
    QVERIFY(unavailable.wait(20'000));
}

QTEST_GUILESS_MAIN(TestPinyinEngine)
#include "tst_pinyinengine.moc"
