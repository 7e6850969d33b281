// SPDX-License-Identifier: Apache-2.0
#include "ime/pinyincomposer.h"

#include <QSignalSpy>
#include <QTest>

using namespace riderport::ime;
using namespace Qt::StringLiterals;

namespace {

class ScriptedSource final : public CandidateSource
{
public:
    using CandidateSource::CandidateSource;
    void query(const QString &letters) override { asked.append(letters); }
    void forget() override { ++forgotten; }

    QStringList asked;
    int forgotten = 0;
};

} // namespace

class TestPinyinComposer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void choosingTheWholeCommitsIt();
    void choosingAPartKeepsTheRest();
    void ignoresAnswersToOlderQuestions();
    void backspaceNeverLosesPickedWords();
    void ignoresWhatIsNotALetter();
    void resetForgetsEverywhere();
    void lettersCanBeCommittedAsTheyStand();

private:
    static void typeAll(PinyinComposer &composer, const QString &letters)
    {
        for (const QChar c : letters)
            composer.type(c);
    }
};

void TestPinyinComposer::choosingTheWholeCommitsIt()
{
    ScriptedSource source;
    PinyinComposer composer(source);
    QSignalSpy committed(&composer, &PinyinComposer::committed);
    typeAll(composer, u"nihao"_s);
    Q_EMIT source.candidatesReady(u"nihao"_s, {{u"你好"_s, 5}, {u"你"_s, 2}});
    composer.choose(0);
    QCOMPARE(committed.size(), 1);
    QCOMPARE(committed.first().first().toString(), u"你好"_s);
    QVERIFY(!composer.isComposing());
    QVERIFY(composer.candidates().isEmpty());
}

void TestPinyinComposer::choosingAPartKeepsTheRest()
{
    ScriptedSource source;
    PinyinComposer composer(source);
    QSignalSpy committed(&composer, &PinyinComposer::committed);
    typeAll(composer, u"nihao"_s);
    Q_EMIT source.candidatesReady(u"nihao"_s, {{u"你好"_s, 5}, {u"你"_s, 2}});
    composer.choose(1);
    QCOMPARE(composer.preedit(), u"你hao"_s);
    QCOMPARE(source.asked.last(), u"hao"_s);
    QVERIFY(committed.isEmpty());
    Q_EMIT source.candidatesReady(u"hao"_s, {{u"豪"_s, 3}});
    composer.choose(0);
    QCOMPARE(committed.first().first().toString(), u"你豪"_s);
}

void TestPinyinComposer::ignoresAnswersToOlderQuestions()
{
    ScriptedSource source;
    PinyinComposer composer(source);
    typeAll(composer, u"ni"_s);
    Q_EMIT source.candidatesReady(u"n"_s, {{u"那"_s, 1}});
    QVERIFY(composer.candidates().isEmpty());
}

void TestPinyinComposer::backspaceNeverLosesPickedWords()
{
    ScriptedSource source;
    PinyinComposer composer(source);
    QSignalSpy committed(&composer, &PinyinComposer::committed);
    QVERIFY(!composer.backspace());
    typeAll(composer, u"nih"_s);
    Q_EMIT source.candidatesReady(u"nih"_s, {{u"你"_s, 2}});
    composer.choose(0);
    QVERIFY(composer.backspace());
    QCOMPARE(committed.size(), 1);
    QCOMPARE(committed.first().first().toString(), u"你"_s);
    QVERIFY(!composer.backspace());
}

void TestPinyinComposer::ignoresWhatIsNotALetter()
{
    ScriptedSource source;
    PinyinComposer composer(source);
    typeAll(composer, u"'1 é<中"_s);
    QVERIFY(!composer.isComposing());
    typeAll(composer, QString(500, u'a'));
    QCOMPARE(composer.preedit().size(), 60);
}

void TestPinyinComposer::resetForgetsEverywhere()
{
    ScriptedSource source;
    PinyinComposer composer(source);
    typeAll(composer, u"ni"_s);
    composer.reset();
    QVERIFY(composer.preedit().isEmpty());
    QCOMPARE(source.forgotten, 1);
}

void TestPinyinComposer::lettersCanBeCommittedAsTheyStand()
{
    ScriptedSource source;
    PinyinComposer composer(source);
    QSignalSpy committed(&composer, &PinyinComposer::committed);
    typeAll(composer, u"abc"_s);
    composer.commitLetters();
    QCOMPARE(committed.first().first().toString(), u"abc"_s);
    QVERIFY(!composer.isComposing());
}

QTEST_GUILESS_MAIN(TestPinyinComposer)
#include "tst_pinyincomposer.moc"
