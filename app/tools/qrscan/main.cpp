// SPDX-License-Identifier: Apache-2.0
#include "imagesource.h"

#include "vision/plainzxing.h"
#include "vision/qrreader.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <cstdio>
#include <ctime>

using namespace Qt::StringLiterals;
using riderport::tools::ImageSource;
using riderport::vision::LumaView;
using riderport::vision::QrReader;

namespace {

double processCpuMs()
{
    timespec now = {};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) * 1e-6;
}

/// Newline and tab become \\n and \\t. A backslash is doubled only where it would read as one of
/// these escapes, so that texts such as "http\\:" stay as they are and nothing is ambiguous.
QByteArray escaped(const QString &text)
{
    QByteArray out;
    const QByteArray bytes = text.toUtf8();
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const char next = i + 1 < bytes.size() ? bytes[i + 1] : '\\';
        switch (bytes[i]) {
        case '\n':
            out += "\\n";
            break;
        case '\t':
            out += "\\t";
            break;
        case '\\':
            out += next == 'n' || next == 't' || next == '\\' ? "\\\\" : "\\";
            break;
        default:
            out += bytes[i];
        }
    }
    return out;
}

void setUp(QCommandLineParser *parser)
{
    parser->setApplicationDescription(
            u"Reads QR codes from pictures and videos with the pipeline of the kiosk.\n\n"
            "Prints one line per picture: file, CPU milliseconds, text, separated by tabs. The "
            "text is empty when nothing was read; newline and tab are written \\n and \\t, a "
            "backslash "
            "that could be taken for one of these is doubled. A picture that cannot be loaded goes "
            "to stderr and makes the "
            "exit status 1.\n"
            "A video (mkv, avi, mp4; needs the ffmpeg program) gives one line per frame, named "
            "file:000, file:001 and so on, all of them read in stream mode as from a camera: "
            "unchanged frames are skipped and expensive stages are spread over frames.\n"
            "CPU time is that of the whole process around the read alone."_s);
    parser->addHelpOption();
    parser->addOption({u"engine"_s,
                       u"kiosk (default): the pipeline; zxing: ZXing alone, library defaults, QR "
                       "codes only"_s,
                       u"name"_s, u"kiosk"_s});
    parser->addOption({u"stages"_s, u"Print a fourth column: the stage that read the code."_s});
    parser->addPositionalArgument(u"files"_s, u"PGM, PNG, JPEG pictures or videos"_s, u"FILE…"_s);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"riderport-qrscan"_s);
    QCommandLineParser parser;
    setUp(&parser);
    parser.process(app);
    const QString engine = parser.value(u"engine"_s);
    const bool plain = engine == "zxing"_L1;
    if (parser.positionalArguments().isEmpty() || (!plain && engine != "kiosk"_L1)) {
        std::fputs(qPrintable(parser.helpText()), stderr);
        return 2;
    }
    int status = 0;
    // One reader for all pictures, as in the kiosk: its buffers stay warm.
    QrReader reader;
    const QStringList files = parser.positionalArguments();
    for (const QString &file : files) {
        reader.resetStream();
        ImageSource source(file);
        while (source.next()) {
            const LumaView view = source.view();
            const char *stage = "";
            QString text;
            const double before = processCpuMs();
            if (plain) {
                text = riderport::vision::readWithPlainZxing(view);
            } else {
                const auto outcome =
                        source.isVideo() ? reader.readFrame(view) : reader.readStill(view);
                if (outcome.read) {
                    text = outcome.read->text;
                    stage = outcome.read->stage;
                }
            }
            const double cpu = processCpuMs() - before;
            std::printf("%s\t%.3f\t%s", source.name().toUtf8().constData(), cpu,
                        escaped(text).constData());
            if (parser.isSet(u"stages"_s))
                std::printf("\t%s", stage);
            std::printf("\n");
        }
        if (!source.error().isEmpty()) {
            std::fprintf(stderr, "%s: %s\n", qPrintable(file), qPrintable(source.error()));
            status = 1;
        }
    }
    return status;
}
