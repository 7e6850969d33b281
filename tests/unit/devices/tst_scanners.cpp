// SPDX-License-Identifier: Apache-2.0
#include "devices/evdevscanner.h"
#include "devices/serialscanner.h"

#include "support/fakeclock.h"

#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <linux/input.h>
#include <pty.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

using namespace riderport::devices;
using riderport::test::FakeClock;
using namespace Qt::StringLiterals;

namespace {

/// The scanner's end of a real terminal line.
class Line
{
public:
    Line()
    {
        char name[128] = {};
        termios raw = {};
        cfmakeraw(&raw);
        if (openpty(&m_master, &m_slave, name, &raw, nullptr) == 0)
            path = QString::fromLocal8Bit(name);
    }
    ~Line()
    {
        hangUp();
        if (m_slave >= 0)
            ::close(m_slave);
    }
    void send(const QByteArray &bytes)
    {
        QCOMPARE(::write(m_master, bytes.constData(), size_t(bytes.size())), bytes.size());
    }
    void hangUp()
    {
        if (m_master >= 0)
            ::close(m_master);
        m_master = -1;
    }
    QString path;

private:
    int m_master = -1;
    int m_slave = -1;
};

/// A named pipe fed with input events.
class Keys
{
public:
    explicit Keys(const QString &file)
        : path(file)
    {
        m_made = ::mkfifo(QFile::encodeName(file).constData(), 0600) == 0;
    }
    ~Keys() { unplug(); }
    bool open()
    {
        m_fd = ::open(QFile::encodeName(path).constData(), O_WRONLY | O_NONBLOCK);
        return m_made && m_fd >= 0;
    }
    void unplug()
    {
        if (m_fd >= 0)
            ::close(m_fd);
        m_fd = -1;
    }
    void event(int type, int code, int value)
    {
        input_event e = {};
        e.type = quint16(type);
        e.code = quint16(code);
        e.value = value;
        QCOMPARE(::write(m_fd, &e, sizeof e), ssize_t(sizeof e));
    }
    void press(int code, bool shift = false)
    {
        if (shift)
            event(EV_KEY, KEY_LEFTSHIFT, 1);
        event(EV_KEY, code, 1);
        event(EV_SYN, SYN_REPORT, 0);
        event(EV_KEY, code, 0);
        if (shift)
            event(EV_KEY, KEY_LEFTSHIFT, 0);
        event(EV_SYN, SYN_REPORT, 0);
    }
    void raw(const QByteArray &bytes)
    {
        QCOMPARE(::write(m_fd, bytes.constData(), size_t(bytes.size())), bytes.size());
    }
    QString path;

private:
    int m_fd = -1;
    bool m_made = false;
};

} // namespace

class TestScanners : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void serialReadsLines_data();
    void serialReadsLines();
    void serialDropsHalfALineAfterAPause();
    void serialIsAbsentThenReturns();
    void serialSurvivesHangUp();
    void keyboardTypesUsLayout();
    void keyboardIgnoresRepeatsAndLostEvents();
    void keyboardDropsWhatIsTooLong();
    void keyboardDropsHalfACodeAfterAPause();
    void keyboardIsAbsentThenReturns();
    void keyboardRefusesWhatIsNoInputDevice();
};

void TestScanners::serialReadsLines_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("codes");
    const QByteArray end = "END\r";
    QTest::newRow("CR") << QByteArray("K1:A\r") + end << QStringList{u"K1:A"_s, u"END"_s};
    QTest::newRow("LF") << QByteArray("K1:A\n") + end << QStringList{u"K1:A"_s, u"END"_s};
    QTest::newRow("CR LF") << QByteArray("K1:A\r\nK1:B\r\n") + end
                           << QStringList{u"K1:A"_s, u"K1:B"_s, u"END"_s};
    QTest::newRow("empty lines") << QByteArray("\r\n\r\n\n") + end << QStringList{u"END"_s};
    QTest::newRow("control byte") << QByteArray("K1:\x1b[2J\rK1:B\r") + end
                                  << QStringList{u"K1:B"_s, u"END"_s};
    QTest::newRow("zero byte") << QByteArray("K1:A\0B\r", 7) + end << QStringList{u"END"_s};
    QTest::newRow("high byte") << QByteArray("K1:\xe9\xff\r") + end << QStringList{u"END"_s};
    QTest::newRow("longest") << QByteArray(512, 'x') + '\r' + end
                             << QStringList{QString(512, u'x'), u"END"_s};
    QTest::newRow("too long") << QByteArray(513, 'x') + '\r' + end << QStringList{u"END"_s};
    QTest::newRow("all of base45")
            << QByteArray("09AZ $%*+-./:\r") + end << QStringList{u"09AZ $%*+-./:"_s, u"END"_s};
}

void TestScanners::serialReadsLines()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QStringList, codes);
    Line line;
    QVERIFY(!line.path.isEmpty());
    FakeClock clock;
    SerialScanner scanner(line.path, 9600, &clock);
    QSignalSpy read(&scanner, &CodeSource::codeRead);
    scanner.start();
    QCOMPARE(scanner.state(), CodeSource::State::Ready);
    // In pieces, as a serial line delivers.
    for (qsizetype at = 0; at < bytes.size(); at += 100)
        line.send(bytes.mid(at, 100));
    QTRY_VERIFY(!read.isEmpty() && read.last()[0].toString() == u"END"_s);
    QStringList got;
    for (const auto &call : read) {
        got << call[0].toString();
        QCOMPARE(call[1].value<CodeSource::Kind>(), CodeSource::Kind::Serial);
    }
    QCOMPARE(got, codes);
}

void TestScanners::serialDropsHalfALineAfterAPause()
{
    Line line;
    FakeClock clock;
    SerialScanner scanner(line.path, 9600, &clock);
    QSignalSpy read(&scanner, &CodeSource::codeRead);
    scanner.start();
    line.send("K1:ONE\rHALF");
    QTRY_COMPARE(read.size(), 1);
    // "HALF" came in the same burst or right after; both were read with this clock.
    QTest::qWait(50);
    clock.advance(5000);
    line.send("K1:TWO\r");
    QTRY_COMPARE(read.size(), 2);
    QCOMPARE(read[1][0].toString(), u"K1:TWO"_s);
}

void TestScanners::serialIsAbsentThenReturns()
{
    Line line;
    QTemporaryDir folder;
    const QString path = folder.filePath(u"ttyScanner"_s);
    FakeClock clock;
    SerialScanner scanner(path, 115200, &clock);
    QSignalSpy read(&scanner, &CodeSource::codeRead);
    scanner.start();
    QCOMPARE(scanner.state(), CodeSource::State::Absent);
    QVERIFY(QFile::link(line.path, path));
    QTRY_COMPARE_WITH_TIMEOUT(scanner.state(), CodeSource::State::Ready, 10000);
    line.send("K1:BACK\r\n");
    QTRY_COMPARE(read.size(), 1);
    scanner.stop();
    QCOMPARE(scanner.state(), CodeSource::State::Stopped);
}

void TestScanners::serialSurvivesHangUp()
{
    Line line;
    FakeClock clock;
    SerialScanner scanner(line.path, 9600, &clock);
    scanner.start();
    QCOMPARE(scanner.state(), CodeSource::State::Ready);
    line.hangUp();
    QTRY_VERIFY_WITH_TIMEOUT(scanner.state() != CodeSource::State::Ready, 10000);
    scanner.stop();
    QCOMPARE(scanner.state(), CodeSource::State::Stopped);
}

void TestScanners::keyboardTypesUsLayout()
{
    QTemporaryDir folder;
    Keys keys(folder.filePath(u"event"_s));
    FakeClock clock;
    EvdevScanner scanner(keys.path, &clock);
    QSignalSpy read(&scanner, &CodeSource::codeRead);
    scanner.start();
    QCOMPARE(scanner.state(), CodeSource::State::Ready);
    QVERIFY(keys.open());
    keys.press(KEY_K, true);
    keys.press(KEY_1);
    keys.press(KEY_SEMICOLON, true);
    keys.press(KEY_A, true);
    keys.press(KEY_Z);
    keys.press(KEY_4, true);
    keys.press(KEY_5, true);
    keys.press(KEY_8, true);
    keys.press(KEY_EQUAL, true);
    keys.press(KEY_MINUS);
    keys.press(KEY_DOT);
    keys.press(KEY_SLASH);
    keys.press(KEY_SPACE);
    keys.press(KEY_CAPSLOCK);
    keys.press(KEY_F1);
    keys.press(KEY_B);
    keys.press(KEY_ENTER);
    QTRY_COMPARE(read.size(), 1);
    QCOMPARE(read[0][0].toString(), u"K1:Az$%*+-./ b"_s);
    QCOMPARE(read[0][1].value<CodeSource::Kind>(), CodeSource::Kind::Keyboard);
    keys.press(KEY_KP7);
    keys.press(KEY_KPENTER);
    QTRY_COMPARE(read.size(), 2);
    QCOMPARE(read[1][0].toString(), u"7"_s);
}

void TestScanners::keyboardIgnoresRepeatsAndLostEvents()
{
    QTemporaryDir folder;
    Keys keys(folder.filePath(u"event"_s));
    FakeClock clock;
    EvdevScanner scanner(keys.path, &clock);
    QSignalSpy read(&scanner, &CodeSource::codeRead);
    scanner.start();
    QVERIFY(keys.open());
    keys.event(EV_KEY, KEY_X, 1);
    keys.event(EV_KEY, KEY_X, 2);
    keys.event(EV_KEY, KEY_X, 2);
    keys.event(EV_KEY, KEY_X, 0);
    keys.press(KEY_ENTER);
    QTRY_COMPARE(read.size(), 1);
    QCOMPARE(read[0][0].toString(), u"x"_s);
    // The kernel dropped events: the code under way is worthless, the next one is not.
    keys.press(KEY_A);
    keys.event(EV_SYN, SYN_DROPPED, 0);
    keys.press(KEY_B);
    keys.press(KEY_ENTER);
    keys.press(KEY_C);
    keys.press(KEY_ENTER);
    QTRY_COMPARE(read.size(), 2);
    QCOMPARE(read[1][0].toString(), u"c"_s);
}

void TestScanners::keyboardDropsWhatIsTooLong()
{
    QTemporaryDir folder;
    Keys keys(folder.filePath(u"event"_s));
    FakeClock clock;
    EvdevScanner scanner(keys.path, &clock);
    QSignalSpy read(&scanner, &CodeSource::codeRead);
    scanner.start();
    QVERIFY(keys.open());
    for (int i = 0; i < 513; ++i) {
        keys.press(KEY_A);
        if (i % 50 == 0)
            QCoreApplication::processEvents();
    }
    keys.press(KEY_ENTER);
    keys.press(KEY_Q);
    keys.press(KEY_ENTER);
    QTRY_COMPARE(read.size(), 1);
    QCOMPARE(read[0][0].toString(), u"q"_s);
}

void TestScanners::keyboardDropsHalfACodeAfterAPause()
{
    QTemporaryDir folder;
    Keys keys(folder.filePath(u"event"_s));
    FakeClock clock;
    EvdevScanner scanner(keys.path, &clock);
    QSignalSpy read(&scanner, &CodeSource::codeRead);
    scanner.start();
    QVERIFY(keys.open());
    keys.press(KEY_A);
    keys.press(KEY_ENTER);
    keys.press(KEY_B);
    QTRY_COMPARE(read.size(), 1);
    QTest::qWait(50);
    clock.advance(5000);
    keys.press(KEY_C);
    keys.press(KEY_ENTER);
    QTRY_COMPARE(read.size(), 2);
    QCOMPARE(read[1][0].toString(), u"c"_s);
}

void TestScanners::keyboardIsAbsentThenReturns()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"event"_s);
    FakeClock clock;
    EvdevScanner scanner(path, &clock);
    QSignalSpy read(&scanner, &CodeSource::codeRead);
    scanner.start();
    QCOMPARE(scanner.state(), CodeSource::State::Absent);
    Keys keys(path);
    QTRY_COMPARE_WITH_TIMEOUT(scanner.state(), CodeSource::State::Ready, 10000);
    QVERIFY(keys.open());
    keys.press(KEY_A);
    keys.press(KEY_ENTER);
    QTRY_COMPARE(read.size(), 1);
    // Unplugged.
    keys.unplug();
    QTRY_COMPARE(scanner.state(), CodeSource::State::Absent);
    QTRY_COMPARE_WITH_TIMEOUT(scanner.state(), CodeSource::State::Ready, 10000);
}

void TestScanners::keyboardRefusesWhatIsNoInputDevice()
{
    FakeClock clock;
    // Exists, can be opened, cannot be grabbed: a code must not be typed elsewhere too.
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"scanner cannot be grabbed.*"_s));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"scanner failed.*"_s));
    EvdevScanner scanner(u"/dev/null"_s, &clock);
    scanner.start();
    QCOMPARE(scanner.state(), CodeSource::State::Failed);
    scanner.stop();
    // A pipe that delivers half an event.
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"scanner failed.*"_s));
    QTemporaryDir folder;
    Keys keys(folder.filePath(u"event"_s));
    EvdevScanner broken(keys.path, &clock);
    broken.start();
    QVERIFY(keys.open());
    keys.raw("short");
    QTRY_COMPARE(broken.state(), CodeSource::State::Failed);
}

QTEST_GUILESS_MAIN(TestScanners)
#include "tst_scanners.moc"
