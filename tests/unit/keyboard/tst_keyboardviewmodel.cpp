// SPDX-License-Identifier: Apache-2.0
#include "keyboardviewmodel.h"

#include <QSignalSpy>
#include <QTest>

using namespace riderport;
using namespace Qt::StringLiterals;
using ui::KeyboardViewModel;

namespace {

class EchoSource final : public ime::CandidateSource
{
public:
    using CandidateSource::CandidateSource;
    void query(const QString &letters) override
    {
        Q_EMIT candidatesReady(letters, {{u"字"_s, int(letters.size())}, {u"半"_s, 1}});
    }
    void forget() override { ++forgotten; }
    int forgotten = 0;
};

} // namespace

class TestKeyboardViewModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_source = std::make_unique<EchoSource>();
        m_keyboard = std::make_unique<KeyboardViewModel>(*m_source);
        m_inserted = std::make_unique<QSignalSpy>(m_keyboard.get(), &KeyboardViewModel::inserted);
    }
    void cleanup()
    {
        m_inserted.reset();
        m_keyboard.reset();
        m_source.reset();
    }
    void composesInPinyin();
    void spaceTakesTheFirstSuggestion();
    void padsNeverCompose();
    void shiftHoldsForOneKey();
    void backspaceReachesTheFieldWhenNothingIsComposed();
    void finishCommitsWhatIsLeft();
    void wipeForgetsInTheEngine();
    void withoutADictionaryLettersAreTyped();

private:
    QString typed() const
    {
        QString all;
        for (const auto &call : *m_inserted)
            all += call.first().toString();
        return all;
    }
    std::unique_ptr<EchoSource> m_source;
    std::unique_ptr<KeyboardViewModel> m_keyboard;
    std::unique_ptr<QSignalSpy> m_inserted;
};

void TestKeyboardViewModel::composesInPinyin()
{
    m_keyboard->open(KeyboardViewModel::Mode::Pinyin);
    m_keyboard->press(u"z"_s);
    m_keyboard->press(u"i"_s);
    QCOMPARE(m_keyboard->preedit(), u"zi"_s);
    QCOMPARE(m_keyboard->candidates().first(), u"字"_s);
    QVERIFY(typed().isEmpty());
    m_keyboard->choose(0);
    QCOMPARE(typed(), u"字"_s);
}

void TestKeyboardViewModel::spaceTakesTheFirstSuggestion()
{
    m_keyboard->open(KeyboardViewModel::Mode::Pinyin);
    m_keyboard->press(u"z"_s);
    m_keyboard->press(u" "_s);
    QCOMPARE(typed(), u"字"_s);
    m_keyboard->press(u" "_s);
    QCOMPARE(typed(), u"字 "_s);
}

void TestKeyboardViewModel::padsNeverCompose()
{
    m_keyboard->open(KeyboardViewModel::Mode::Id);
    m_keyboard->press(u"4"_s);
    m_keyboard->press(u"X"_s);
    QCOMPARE(typed(), u"4X"_s);
    m_keyboard->toggleLanguage();
    QCOMPARE(m_keyboard->mode(), KeyboardViewModel::Mode::Id);
}

void TestKeyboardViewModel::shiftHoldsForOneKey()
{
    m_keyboard->open(KeyboardViewModel::Mode::Latin);
    m_keyboard->toggleShift();
    m_keyboard->press(u"a"_s);
    m_keyboard->press(u"b"_s);
    QCOMPARE(typed(), u"Ab"_s);
}

void TestKeyboardViewModel::backspaceReachesTheFieldWhenNothingIsComposed()
{
    QSignalSpy erased(m_keyboard.get(), &KeyboardViewModel::erased);
    m_keyboard->open(KeyboardViewModel::Mode::Pinyin);
    m_keyboard->press(u"z"_s);
    m_keyboard->backspace();
    QCOMPARE(erased.size(), 0);
    m_keyboard->backspace();
    QCOMPARE(erased.size(), 1);
}

void TestKeyboardViewModel::finishCommitsWhatIsLeft()
{
    QSignalSpy finished(m_keyboard.get(), &KeyboardViewModel::finished);
    m_keyboard->open(KeyboardViewModel::Mode::Pinyin);
    m_keyboard->press(u"z"_s);
    m_keyboard->finish();
    QCOMPARE(typed(), u"z"_s);
    QCOMPARE(finished.size(), 1);
}

void TestKeyboardViewModel::wipeForgetsInTheEngine()
{
    m_keyboard->open(KeyboardViewModel::Mode::Pinyin);
    m_keyboard->press(u"z"_s);
    const int before = m_source->forgotten;
    m_keyboard->wipe();
    QVERIFY(m_keyboard->preedit().isEmpty());
    QVERIFY(m_keyboard->candidates().isEmpty());
    QCOMPARE(m_source->forgotten, before + 1);
}

void TestKeyboardViewModel::withoutADictionaryLettersAreTyped()
{
    m_keyboard->open(KeyboardViewModel::Mode::Pinyin);
    Q_EMIT m_source->unavailable(u"missing"_s);
    m_keyboard->press(u"z"_s);
    QCOMPARE(typed(), u"z"_s);
}

QTEST_GUILESS_MAIN(TestKeyboardViewModel)
#include "tst_keyboardviewmodel.moc"
