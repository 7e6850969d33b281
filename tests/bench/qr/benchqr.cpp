// SPDX-License-Identifier: Apache-2.0
// Measures the QR pipeline against ZXing alone on the same pictures in one run, in CPU time.
// Prints one JSON object per figure: {"name","ours","peer","ratio","budget","ok"}.
#include "phoneframe.h"

#include "vision/jpegluma.h"
#include "vision/plainzxing.h"
#include "vision/qrreader.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>

using namespace Qt::StringLiterals;
using namespace riderport;
using namespace riderport::test;

namespace {

constexpr int kRuns = 3;

double cpuMs()
{
    timespec now = {};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) * 1e-6;
}

/// Best of some runs: what else the machine does only ever adds.
double timed(const std::function<void()> &work)
{
    double best = 1e9;
    for (int i = 0; i < kRuns; ++i) {
        const double start = cpuMs();
        work();
        best = std::min(best, cpuMs() - start);
    }
    return best;
}

struct Picture
{
    vision::LumaImage image;
    QString text;      ///< expected
    bool known = true; ///< false: the text is not known, any read counts
};

struct Tally
{
    int pictures = 0;
    int ours = 0;
    int peer = 0;
    int wrong = 0;
    double oursMs = 0;
    double peerMs = 0;

    void add(const Picture &picture, vision::QrReader *reader)
    {
        QString text;
        QString plain;
        oursMs += timed([&] {
            const auto outcome = reader->readStill(picture.image.view());
            text = outcome.read ? outcome.read->text : QString();
        });
        peerMs += timed([&] { plain = vision::readWithPlainZxing(picture.image.view()); });
        ++pictures;
        ours += !text.isEmpty() && (!picture.known || text == picture.text) ? 1 : 0;
        peer += !plain.isEmpty() && (!picture.known || plain == picture.text) ? 1 : 0;
        wrong += !text.isEmpty() && picture.known && text != picture.text ? 1 : 0;
    }
};

void print(const QString &name, double ours, double peer, double ratio, double budget, bool ok)
{
    const QJsonObject figure = {{u"name"_s, name},   {u"ours"_s, ours},     {u"peer"_s, peer},
                                {u"ratio"_s, ratio}, {u"budget"_s, budget}, {u"ok"_s, ok}};
    std::printf("%s\n", QJsonDocument(figure).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

/// A share of pictures read; budget is the least share.
void printRate(const QString &name, const Tally &tally, double budget)
{
    const double ours = double(tally.ours) / tally.pictures;
    const double peer = double(tally.peer) / tally.pictures;
    print(name, ours, peer, peer > 0 ? ours / peer : 0, budget, ours >= budget);
}

/// Mean CPU milliseconds per picture; budget is the highest ratio.
void printTime(const QString &name, const Tally &tally, double budget)
{
    const double ours = tally.oursMs / tally.pictures;
    const double peer = tally.peerMs / tally.pictures;
    print(name, ours, peer, ours / peer, budget, ours / peer <= budget);
}

void generatedFrames(int perTrouble)
{
    vision::QrReader reader;
    Tally codes;
    PhoneFrameMaker maker(20261123);
    const auto troubles = allTroubles();
    for (const Trouble trouble : troubles) {
        const int before = codes.ours;
        for (int i = 0; i < perTrouble; ++i) {
            const bool full = i % 3 == 1;
            PhoneFrame frame = maker.make(trouble, full ? 1920 : 1280, full ? 1080 : 720);
            codes.add({std::move(frame.image), frame.text}, &reader);
        }
        std::fprintf(stderr, "generated %s: %d of %d\n", troubleName(trouble), codes.ours - before,
                     perTrouble);
    }
    printRate(u"qr.generated.rate"_s, codes, 0.95);
    printTime(u"qr.generated.cpu_ms"_s, codes, 0.30);
    Tally empty;
    for (int i = 0; i < perTrouble * 2; ++i) {
        const bool full = i % 2 == 1;
        PhoneFrame frame = maker.make(Trouble::Empty, full ? 1920 : 1280, full ? 1080 : 720);
        empty.add({std::move(frame.image), {}}, &reader);
    }
    printTime(u"qr.empty.cpu_ms"_s, empty, 0.60);
    const int wrong = codes.wrong + empty.wrong;
    print(u"qr.generated.wrong_texts"_s, wrong, 0, 0, 0, wrong == 0);
}

void generatedApproaches(int count)
{
    PhoneFrameMaker maker(4711);
    double worst = 0;
    double peerSum = 0;
    double sum = 0;
    int read = 0;
    for (int i = 0; i < count; ++i) {
        const bool full = i % 2 == 1;
        const auto frames = maker.approach(20, full ? 1920 : 1280, full ? 1080 : 720);
        double best = 1e9;
        double peer = 1e9;
        bool got = false;
        for (int run = 0; run < kRuns; ++run) {
            vision::QrReader reader;
            double start = cpuMs();
            got = false;
            for (size_t f = 0; f < frames.size() && !got; ++f) {
                const auto outcome = reader.readFrame(frames[f].image.view());
                got = outcome.read && outcome.read->text == frames[f].text;
            }
            best = std::min(best, cpuMs() - start);
            start = cpuMs();
            bool plain = false;
            for (size_t f = 0; f < frames.size() && !plain; ++f)
                plain = vision::readWithPlainZxing(frames[f].image.view()) == frames[f].text;
            peer = std::min(peer, cpuMs() - start);
        }
        read += got ? 1 : 0;
        worst = std::max(worst, best);
        sum += best;
        peerSum += peer;
    }
    print(u"qr.approach.read"_s, double(read) / count, 0, 0, 1, read == count);
    print(u"qr.approach.worst_cpu_ms_to_first_read"_s, worst, peerSum / count, sum / peerSum, 15,
          worst <= 15);
}

bool load(const QString &path, vision::LumaImage *image)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray bytes = file.readAll();
    vision::JpegLuma jpeg;
    if (bytes.startsWith("\xff\xd8") && jpeg.decode(bytes, image))
        return true;
    const QImage picture = QImage::fromData(bytes).convertToFormat(QImage::Format_RGB32);
    if (picture.isNull())
        return false;
    image->width = picture.width();
    image->height = picture.height();
    image->bytes.clear();
    for (int y = 0; y < picture.height(); ++y) {
        const auto *row = reinterpret_cast<const QRgb *>(picture.constScanLine(y));
        for (int x = 0; x < picture.width(); ++x) {
            image->bytes.push_back(uchar(
                    (306 * qRed(row[x]) + 601 * qGreen(row[x]) + 117 * qBlue(row[x]) + 512) >> 10));
        }
    }
    return true;
}

void folderOfPictures(const QString &folder)
{
    QFile truth(folder + u"/truth.tsv"_s);
    if (folder.isEmpty() || !truth.open(QIODevice::ReadOnly)) {
        std::fprintf(stderr, "RIDERPORT_QR_DATA holds no truth.tsv: photographs are skipped\n");
        return;
    }
    vision::QrReader reader;
    Tally small;
    Tally photos;
    Tally frames;
    Tally empty;
    const QList<QByteArray> lines = truth.readAll().split('\n');
    for (const QByteArray &line : lines.mid(1)) {
        const QList<QByteArray> columns = line.split('\t');
        if (columns.size() < 3 || columns[0].endsWith(".mkv"))
            continue;
        Picture picture;
        picture.text = QString::fromUtf8(columns[2]).replace(u"\\n"_s, u"\n"_s);
        picture.known = !columns[2].startsWith('?');
        if (!load(folder + u'/' + QString::fromUtf8(columns[0]), &picture.image))
            continue;
        Tally &tally = columns[1] == "synthetic-negative"   ? empty
                       : columns[1].startsWith("synthetic") ? frames
                       : columns[1].startsWith("photo")     ? photos
                                                            : small;
        tally.add(picture, &reader);
    }
    if (frames.pictures) {
        printRate(u"qr.data.frames.rate"_s, frames, 0.95);
        printTime(u"qr.data.frames.cpu_ms"_s, frames, 0.30);
        print(u"qr.data.frames.wrong_texts"_s, frames.wrong, 0, 0, 0, frames.wrong == 0);
    }
    if (empty.pictures)
        printTime(u"qr.data.empty.cpu_ms"_s, empty, 0.60);
    if (photos.pictures) {
        printRate(u"qr.data.photos.rate"_s, photos, 0.70);
        printTime(u"qr.data.photos.cpu_ms"_s, photos, 0.80);
    }
    if (small.pictures) {
        printRate(u"qr.data.small.rate"_s, small, 0.91);
        printTime(u"qr.data.small.cpu_ms"_s, small, 1.20);
    }
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    // --json is the only format; the switch is what the runner passes to every benchmark.
    const bool quick = QCoreApplication::arguments().contains(u"--quick"_s);
    generatedFrames(quick ? 2 : 8);
    generatedApproaches(quick ? 2 : 6);
    folderOfPictures(qEnvironmentVariable("RIDERPORT_QR_DATA"));
    return 0;
}
