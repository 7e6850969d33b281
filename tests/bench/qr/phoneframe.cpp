// SPDX-License-Identifier: Apache-2.0
#include "phonescene.h"

#include <QBuffer>
#include <QImage>

#include <algorithm>
#include <array>
#include <cmath>

namespace riderport::test {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *kNames[] = {"nominal",  "small",      "tilt",        "rotated",
                                  "motion",   "defocus",    "moire",       "glare",
                                  "lowlight", "dimscreen",  "overexposed", "inverted",
                                  "darkmode", "compressed", "mixed",       "empty"};

} // namespace

const char *troubleName(Trouble trouble)
{
    return kNames[int(trouble)];
}

std::vector<Trouble> allTroubles()
{
    std::vector<Trouble> all;
    for (int i = 0; i < int(Trouble::Empty); ++i)
        all.push_back(Trouble(i));
    return all;
}

PhoneFrameMaker::PhoneFrameMaker(unsigned seed)
    : m_random(seed)
{}

double PhoneFrameMaker::uniform(double low, double high)
{
    return low + (high - low) * double(m_random()) / 4294967296.0;
}

int PhoneFrameMaker::integer(int low, int high)
{
    return low + int(m_random() % unsigned(high - low + 1));
}

QString PhoneFrameMaker::randomText()
{
    static const QString kBase45 = u"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"_s;
    static const QString kBase64 =
            u"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"_s;
    const bool dense = integer(0, 1) == 1;
    const QString &letters = dense ? kBase45 : kBase64;
    QString text = dense ? u"K1:"_s : u"k1."_s;
    const int size = integer(70, 150);
    for (int i = 0; i < size; ++i)
        text += letters[integer(0, int(letters.size()) - 1)];
    return text;
}

PhoneFrameMaker::Scene PhoneFrameMaker::randomScene(Trouble trouble, int width, int height)
{
    Scene s;
    s.phone = trouble != Trouble::Empty;
    if (s.phone) {
        s.text = randomText();
        s.code = vision::QrWriter::encode(s.text).value();
    }
    const double full = double(width) / 1280.0;
    const double n = double(std::max(21, s.code.size));
    s.module = uniform(2.6, 5.5) * full;
    s.turn = uniform(-0.25, 0.25);
    s.tiltX = uniform(-0.15, 0.15);
    s.tiltY = uniform(-0.15, 0.15);
    s.noise = uniform(1, 3);
    s.blur = uniform(0.4, 0.7) * full;
    s.screenLight = uniform(190, 235);
    s.screenDark = uniform(25, 60);
    const auto defocus = [&] { s.defocus = uniform(0.3, 0.62) * s.module; };
    const auto moire = [&] {
        s.moire = uniform(15, 40);
        s.moirePeriod = uniform(2.2, 6.0);
    };
    const auto glare = [&] {
        s.glare = uniform(80, 220);
        s.glareX = uniform(-0.5, 0.5) * n * s.module;
        s.glareY = uniform(-0.5, 0.5) * n * s.module;
        s.glareSize = uniform(0.12, 0.35) * n * s.module;
    };
    const auto motion = [&] {
        const double length = uniform(0.5, 1.2) * s.module;
        const double way = uniform(0, 6.28);
        s.motionX = length * std::cos(way);
        s.motionY = length * std::sin(way);
    };
    switch (trouble) {
    case Trouble::Nominal:
    case Trouble::Empty:
        break;
    case Trouble::Small:
        s.module = uniform(1.9, 2.6);
        s.blur = 0.5;
        break;
    case Trouble::Tilt:
        s.tiltX = uniform(0.35, 0.6) * (integer(0, 1) ? 1 : -1);
        s.tiltY = uniform(-0.5, 0.5);
        s.module = uniform(3.5, 5.5) * full;
        break;
    case Trouble::Rotated:
        s.turn = uniform(-3.14, 3.14);
        break;
    case Trouble::Motion:
        motion();
        break;
    case Trouble::Defocus:
        defocus();
        break;
    case Trouble::Moire:
        moire();
        break;
    case Trouble::Glare:
        glare();
        break;
    case Trouble::LowLight:
        s.gain = uniform(0.08, 0.2);
        s.noise = uniform(1.5, 3.5);
        break;
    case Trouble::DimScreen:
        s.screenDark = uniform(60, 90);
        s.screenLight = s.screenDark + uniform(12, 40);
        break;
    case Trouble::Overexposed:
        // Beyond that the dark modules saturate too and nothing is left to read.
        s.gain = uniform(2.0, 150.0 / s.screenDark);
        s.blur = uniform(0.7, 1.3) * full;
        break;
    case Trouble::Inverted:
        s.inverted = true;
        break;
    case Trouble::DarkMode:
        s.darkCard = true;
        break;
    case Trouble::Compressed:
        s.jpegQuality = integer(12, 40);
        break;
    case Trouble::Mixed:
        for (int i = 0; i < 2; ++i) {
            switch (integer(0, 4)) {
            case 0:
                motion();
                s.motionX *= 0.6;
                s.motionY *= 0.6;
                break;
            case 1:
                moire();
                break;
            case 2:
                glare();
                break;
            case 3:
                s.inverted = true;
                break;
            default:
                s.gain = uniform(0.2, 0.5);
                break;
            }
        }
        s.jpegQuality = integer(30, 80);
        break;
    }
    const double margin = 0.8 * n * s.module;
    s.centreX = uniform(margin, std::max(margin + 1, width - margin));
    s.centreY = uniform(margin, std::max(margin + 1, height - margin));
    return s;
}

PhoneFrame PhoneFrameMaker::finish(const Scene &s, int width, int height, std::vector<float> plane)
{
    if (s.phone)
        paintPhone(s, width, height, &plane);
    spoil(s, width, height, &plane);
    PhoneFrame frame;
    frame.text = s.text;
    frame.image.width = width;
    frame.image.height = height;
    frame.image.bytes.resize(plane.size());
    for (size_t i = 0; i < plane.size(); ++i)
        frame.image.bytes[i] = uchar(std::clamp(plane[i] + 0.5F, 0.0F, 255.0F));
    if (s.jpegQuality > 0) {
        const QImage image(frame.image.bytes.data(), width, height, width,
                           QImage::Format_Grayscale8);
        QByteArray bytes;
        QBuffer buffer(&bytes);
        image.save(&buffer, "JPG", s.jpegQuality);
        const QImage back = QImage::fromData(bytes).convertToFormat(QImage::Format_Grayscale8);
        for (int y = 0; y < height; ++y)
            std::copy_n(back.constScanLine(y), width,
                        frame.image.bytes.begin() + std::ptrdiff_t(y) * width);
    }
    return frame;
}

PhoneFrame PhoneFrameMaker::make(Trouble trouble, int width, int height)
{
    const Scene scene = randomScene(trouble, width, height);
    return finish(scene, width, height, background(width, height));
}

std::vector<PhoneFrame> PhoneFrameMaker::approach(int count, int width, int height)
{
    Scene scene = randomScene(Trouble::Nominal, width, height);
    scene.inverted = integer(0, 2) == 0;
    const std::vector<float> behind = background(width, height);
    const double startX = uniform(0.2, 0.8) * width;
    const double endModule = uniform(3.5, 5.0) * width / 1280.0;
    std::vector<PhoneFrame> frames;
    for (int i = 0; i < count; ++i) {
        const double part = double(i) / double(std::max(1, count - 1));
        scene.module = endModule * (0.3 + 0.7 * part);
        scene.centreX = startX + (width * 0.5 - startX) * part;
        scene.centreY = height * (0.75 - 0.25 * part);
        scene.defocus = scene.module * 0.9 * std::max(0.0, 0.7 - part);
        scene.motionX = (1 - part) * 2.0 * width / 1280.0;
        scene.turn += uniform(-0.02, 0.02);
        frames.push_back(finish(scene, width, height, behind));
    }
    return frames;
}

} // namespace riderport::test
