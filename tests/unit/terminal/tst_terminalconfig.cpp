// SPDX-License-Identifier: Apache-2.0
#include "terminal/terminalconfig.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace riderport;
using namespace riderport::terminal;
using namespace Qt::StringLiterals;

class TestTerminalConfig : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsAllSettings();
    void refusesWithFileAndLine_data();
    void refusesWithFileAndLine();
    void nothingChangesOnError();
    void laterLayersWin();
    void readOnlyFilesAreFine();
    void sizeIsBounded();
    void refusesBadArguments_data();
    void refusesBadArguments();
    void selfTestNeedsNothing();
    void usageNamesEverySetting();
};

void TestTerminalConfig::readsAllSettings()
{
    TerminalConfig config;
    const auto applied =
            applyConfigText(config,
                            "# comment\r\n"
                            "[district]\n"
                            "url = https://district.example:8443/\n"
                            "certificates = /etc/riderport/ca.pem\n"
                            "\n"
                            "[terminal]\n"
                            "state=/var/lib/riderport\n"
                            "language = en\n"
                            "demo_data = yes\n"
                            "[screen]\n"
                            "size = 1080x1920\n"
                            "diagonal_inch = 21.5\n"
                            "bottom_mm = 900\n"
                            "[devices]\n"
                            "camera = video:/srv/a=b.mp4\n"
                            "scanners = serial:/dev/ttyACM0@115200, evdev:/dev/input/e1\n"
                            "; another comment\n"
                            "[session]\n"
                            "guest_idle_s = 45\n"
                            "active_idle_s = 80\n"
                            "form_idle_s = 120\n"
                            "warning_s = 25\n"
                            "hard_limit_s = 600\n",
                            u"a.conf"_s);
    QVERIFY2(applied.ok(), qPrintable(applied.ok() ? QString() : applied.error().detail));
    QCOMPARE(config.district, QUrl(u"https://district.example:8443"_s));
    QCOMPARE(config.certificates, u"/etc/riderport/ca.pem"_s);
    QCOMPARE(config.stateDirectory, u"/var/lib/riderport"_s);
    QCOMPARE(config.language, domain::Language::English);
    QVERIFY(config.demoData);
    QCOMPARE(config.windowSize, QSize(1080, 1920));
    QCOMPARE(config.diagonalInch, 21.5);
    QCOMPARE(config.mountBottomMm, 900);
    QCOMPARE(config.camera, (CameraSetting{CameraSetting::Kind::Video, u"/srv/a=b.mp4"_s}));
    QCOMPARE(config.scanners.size(), 2);
    QCOMPARE(config.scanners[0],
             (ScannerSetting{ScannerSetting::Kind::Serial, u"/dev/ttyACM0"_s, 115'200}));
    QCOMPARE(config.scanners[1].path, u"/dev/input/e1"_s);
    QCOMPARE(config.session.guestIdleMs, 45'000);
    QCOMPARE(config.session.activeIdleMs, 80'000);
    QCOMPARE(config.session.formIdleMs, 120'000);
    QCOMPARE(config.session.warningMs, 25'000);
    QCOMPARE(config.session.hardLimitMs, 600'000);
}

void TestTerminalConfig::refusesWithFileAndLine_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("code");
    QTest::addColumn<int>("line");
    QTest::newRow("unknown key") << QByteArray("[session]\n\nidle = 3\n") << u"config.unknown"_s
                                 << 3;
    QTest::newRow("unknown section") << QByteArray("[sesion]\n") << u"config.unknown"_s << 1;
    QTest::newRow("no section") << QByteArray("url = http://a\n") << u"config.unknown"_s << 1;
    QTest::newRow("open section") << QByteArray("\n[session\n") << u"config.syntax"_s << 2;
    QTest::newRow("no equals") << QByteArray("[session]\nwarning_s\n") << u"config.syntax"_s << 2;
    QTest::newRow("no key") << QByteArray("[session]\n= 3\n") << u"config.syntax"_s << 2;
    QTest::newRow("twice") << QByteArray("[session]\nwarning_s=30\nwarning_s=40\n")
                           << u"config.duplicate"_s << 3;
    QTest::newRow("too short a warning")
            << QByteArray("[session]\nwarning_s = 19\n") << u"config.value"_s << 2;
    QTest::newRow("not a number") << QByteArray("[screen]\nbottom_mm = low\n") << u"config.value"_s
                                  << 2;
    QTest::newRow("NaN") << QByteArray("[screen]\ndiagonal_inch = nan\n") << u"config.value"_s << 2;
    QTest::newRow("file url") << QByteArray("[district]\nurl = file:///etc\n") << u"config.value"_s
                              << 2;
    QTest::newRow("url with a user")
            << QByteArray("[district]\nurl = http://a:b@c/\n") << u"config.value"_s << 2;
    QTest::newRow("relative scanner")
            << QByteArray("[devices]\nscanners = serial:ttyACM0\n") << u"config.value"_s << 2;
    QTest::newRow("language") << QByteArray("[terminal]\nlanguage = de\n") << u"config.value"_s
                              << 2;
}

void TestTerminalConfig::refusesWithFileAndLine()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, code);
    QFETCH(int, line);
    TerminalConfig config;
    const auto applied = applyConfigText(config, text, u"kiosk.conf"_s);
    QVERIFY(!applied.ok());
    QCOMPARE(applied.error().code, code);
    QVERIFY2(applied.error().detail.startsWith(u"kiosk.conf:%1: "_s.arg(line)),
             qPrintable(applied.error().detail));
}

void TestTerminalConfig::nothingChangesOnError()
{
    TerminalConfig config;
    QVERIFY(!applyConfigText(config, "[terminal]\nlanguage = en\nnonsense = 1\n", u"x"_s).ok());
    QCOMPARE(config.language, domain::Language::Chinese);
}

void TestTerminalConfig::laterLayersWin()
{
    QTemporaryDir folder;
    const auto write = [&folder](const QString &name, const QByteArray &text) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write %s", qPrintable(name));
        file.write(text);
    };
    write(u"base"_s, "[district]\nurl=http://one\n[terminal]\nstate=/s\nlanguage=en\n"
                     "[devices]\nscanners=serial:/dev/a\n");
    write(u"site"_s, "[district]\nurl=http://two\n");
    auto config = configFromArguments({u"--size"_s, u"800x1280"_s, u"--config"_s,
                                       folder.filePath(u"base"_s),
                                       u"--config="_s + folder.filePath(u"site"_s)});
    QVERIFY(config.ok());
    QCOMPARE(config->district, QUrl(u"http://two"_s));
    QCOMPARE(config->language, domain::Language::English);
    QCOMPARE(config->windowSize, QSize(800, 1280));
    config = configFromArguments({u"--config"_s, folder.filePath(u"base"_s), u"--lang=zh"_s,
                                  u"--scanner"_s, u"evdev:/dev/b"_s, u"--scanner"_s,
                                  u"serial:/dev/c"_s, u"--enrol"_s, u"ABCD2345"_s});
    QVERIFY(config.ok());
    QCOMPARE(config->language, domain::Language::Chinese);
    QCOMPARE(config->scanners.size(), 2);
    QCOMPARE(config->scanners[0].path, u"/dev/b"_s);
    QCOMPARE(config->enrolCode, u"ABCD2345"_s);
}

void TestTerminalConfig::readOnlyFilesAreFine()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"ro"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[terminal]\nlanguage=en\n");
    file.close();
    QVERIFY(file.setPermissions(QFileDevice::ReadOwner));
    TerminalConfig config;
    QVERIFY(applyConfigFile(config, file.fileName()).ok());
    QCOMPARE(config.language, domain::Language::English);
    const auto missing = applyConfigFile(config, folder.filePath(u"none"_s));
    QCOMPARE(missing.error().code, u"config.unreadable"_s);
}

void TestTerminalConfig::sizeIsBounded()
{
    TerminalConfig config;
    QByteArray text = "[terminal]\n" + QByteArray(kMaxConfigBytes, '#');
    QCOMPARE(applyConfigText(config, text, u"big"_s).error().code, u"config.too-large"_s);
    text.truncate(kMaxConfigBytes);
    QVERIFY(applyConfigText(config, text, u"fits"_s).ok());
    QCOMPARE(applyConfigText(config, "[terminal]\n\xff\xfe=1\n", u"x"_s).error().code,
             u"config.encoding"_s);
    QCOMPARE(applyConfigText(config, QByteArray("[terminal]\n\0=1\n", 15), u"x"_s).error().code,
             u"config.encoding"_s);
}

void TestTerminalConfig::refusesBadArguments_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("code");
    QTest::newRow("nothing") << QStringList{} << u"arguments.missing"_s;
    QTest::newRow("no state") << QStringList{u"--district=http://a"_s} << u"arguments.missing"_s;
    QTest::newRow("unknown") << QStringList{u"--fullscreen"_s} << u"arguments.unknown"_s;
    QTest::newRow("stray word") << QStringList{u"demo"_s} << u"arguments.unknown"_s;
    QTest::newRow("value to a switch") << QStringList{u"--windowed=1"_s} << u"arguments.unknown"_s;
    QTest::newRow("cut off") << QStringList{u"--state"_s} << u"arguments.value"_s;
    QTest::newRow("size") << QStringList{u"--size"_s, u"0x5"_s} << u"arguments.value"_s;
    QTest::newRow("camera") << QStringList{u"--camera"_s, u"video:"_s} << u"arguments.value"_s;
    QTest::newRow("scanner") << QStringList{u"--scanner"_s, u"serial:/d@9"_s}
                             << u"arguments.value"_s;
    QTest::newRow("file") << QStringList{u"--config"_s, u"/nonexistent"_s}
                          << u"config.unreadable"_s;
}

void TestTerminalConfig::refusesBadArguments()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, code);
    const auto config = configFromArguments(arguments);
    QVERIFY(!config.ok());
    QCOMPARE(config.error().code, code);
}

void TestTerminalConfig::selfTestNeedsNothing()
{
    const auto config = configFromArguments({u"--self-test"_s});
    QVERIFY(config.ok());
    QVERIFY(config->selfTest);
}

void TestTerminalConfig::usageNamesEverySetting()
{
    const QString usage = usageText();
    for (const char *word : {"[district]", "url", "hard_limit_s", "scanners", "--self-test"})
        QVERIFY2(usage.contains(QString::fromLatin1(word)), word);
}

QTEST_GUILESS_MAIN(TestTerminalConfig)
#include "tst_terminalconfig.moc"
