// SPDX-License-Identifier: Apache-2.0
#include "vision/qrreader.h"

#include "finderscan.h"
#include "motiongate.h"
#include "symbolreader.h"
#include "triples.h"
#include "wholeframe.h"

#include <algorithm>
#include <cmath>

namespace riderport::vision {
namespace {

constexpr qint64 kMostPixels = 64'000'000;
/// Triples that get the full effort when none was read the straight way.
constexpr size_t kFullEffortTriples = 2;
constexpr size_t kPairTriples = 4;
constexpr qint64 kSmallPicture = 400'000;
/// Even a motionless picture is looked at this often, in frames.
constexpr int kLongestRest = 30;

/// Rows between scanned ones. At two pixels per module the core of a finder pattern is six high; a
/// small picture may hold a drawing of one pixel per module and costs little.
int rowStep(int shift, qint64 pixels)
{
    if (pixels < kSmallPicture / 4)
        return 1;
    return shift == 0 && pixels >= kSmallPicture ? 3 : 2;
}

/// Steps beyond the straight way.
enum Extra : unsigned {
    Effort = 1,   ///< refine, equalize and bend what looks like a symbol
    Midrange = 2, ///< look again with other thresholds
    Pairs = 4,    ///< guess a lost finder pattern
    Whole = 8,    ///< whole-frame stages
    All = 15,
};

/// In a stream each frame affords one of them: the next frame differs a little anyway.
constexpr unsigned kStreamExtras[] = {Effort, Pairs, Midrange, Effort, Whole};

} // namespace

struct QrReader::Private
{
    Pyramid pyramid;
    FinderScan scan;
    SymbolReader symbols;
    WholeFrame wholeFrame;
    MotionGate gate;
    std::vector<Finder> finders;
    std::vector<Triple> triples;
    std::vector<Triple> tried;
    int nextStage = 0;    ///< stream mode: the whole-frame stage that is due
    size_t nextExtra = 0; ///< stream mode: index into kStreamExtras
    int extrasLeft = 0;   ///< stream mode: frames still owed to the last change
    int restingFrames = 0;
    bool worthFallback = false; ///< locate() saw what may well be a symbol

    [[nodiscard]] std::optional<QrRead> locate(unsigned extras, QrOutcome *outcome);
    [[nodiscard]] std::optional<QrRead> readTriples(QrOutcome *outcome);
    [[nodiscard]] std::optional<QrRead> readWithEffort(size_t most);
    [[nodiscard]] bool triedBefore(const Triple &triple) const;
    [[nodiscard]] bool mostlyInverted() const;
};

QrReader::QrReader()
    : d(std::make_unique<Private>())
{}

QrReader::~QrReader() = default;
QrReader::QrReader(QrReader &&) noexcept = default;
QrReader &QrReader::operator=(QrReader &&) noexcept = default;

bool QrReader::Private::triedBefore(const Triple &triple) const
{
    const float near = triple.module;
    return std::any_of(tried.begin(), tried.end(), [&](const Triple &other) {
        const auto same = [near](const Finder &a, const Finder &b) {
            return std::abs(a.x - b.x) < near && std::abs(a.y - b.y) < near;
        };
        return same(triple.topLeft, other.topLeft) && same(triple.topRight, other.topRight) &&
               same(triple.bottomLeft, other.bottomLeft);
    });
}

bool QrReader::Private::mostlyInverted() const
{
    int balance = 0;
    for (const Finder &finder : finders)
        balance += finder.inverted ? finder.hits : -finder.hits;
    return balance > 0;
}

std::optional<QrRead> QrReader::Private::readTriples(QrOutcome *outcome)
{
    for (Triple &triple : triples) {
        if (triedBefore(triple))
            continue;
        // Centres seen at a coarse level are too coarse for sampling.
        const Level &fine = pyramid.thresholdedLevel(levelForModule(pyramid, triple.module, 3.0F));
        for (Finder *finder : {&triple.topLeft, &triple.topRight, &triple.bottomLeft})
            static_cast<void>(refineFinder(fine, finder));
        if (auto read = symbols.read(&pyramid, triple, SymbolReader::Effort::First))
            return read;
        triple.match = symbols.match();
        // Advice may rest on less than effort does: it is shown only when it lasts.
        const bool likely = triple.strong() || (triple.regularity > 1.4F && triple.match > 0.6F);
        if (outcome->hint == QrHint::None && likely)
            outcome->hint = symbols.hint();
        tried.push_back(triple);
    }
    return std::nullopt;
}

std::optional<QrRead> QrReader::Private::readWithEffort(size_t most)
{
    std::stable_sort(tried.begin(), tried.end(),
                     [](const Triple &a, const Triple &b) { return a.match > b.match; });
    for (const Triple &triple : tried) {
        if (!triple.strong())
            continue;
        if (most-- == 0)
            break;
        if (auto read = symbols.read(&pyramid, triple, SymbolReader::Effort::Full))
            return read;
    }
    return std::nullopt;
}

std::optional<QrRead> QrReader::Private::locate(unsigned extras, QrOutcome *outcome)
{
    finders.clear();
    tried.clear();
    worthFallback = false;
    for (int n = pyramid.count() - 1; n >= 0; --n) {
        const Level &level = pyramid.thresholdedLevel(n);
        const size_t before = finders.size();
        scan.scan(level, rowStep(n, pyramid.pixels()), &finders);
        if (finders.size() == before || finders.size() < 3)
            continue;
        findTriples(finders, &pyramid, &triples);
        if (auto read = readTriples(outcome))
            return read;
    }
    outcome->evidence = !finders.empty();
    if (extras & Effort) {
        if (auto read = readWithEffort(kFullEffortTriples))
            return read;
    }
    const auto strong = [](const Triple &triple) { return triple.strong(); };
    worthFallback = std::any_of(tried.begin(), tried.end(), strong);
    if (worthFallback)
        return std::nullopt;
    if ((extras & Midrange) && pyramid.count() > 1) {
        // Glare and blooming shift the local mean; half size is where such codes are large enough.
        const size_t before = finders.size();
        scan.scan(pyramid.midrangeLevel(1), 2, &finders, FinderScan::Corners::Round);
        if (finders.size() > before && finders.size() >= 3) {
            findTriples(finders, &pyramid, &triples);
            if (auto read = readTriples(outcome))
                return read;
            if (auto read = readWithEffort(1))
                return read;
        }
    }
    if (extras & Pairs) {
        // No three patterns in sight that make sense: perhaps one is blurred or covered.
        tried.clear();
        completePairs(finders, &pyramid, &triples);
        if (triples.size() > kPairTriples)
            triples.resize(kPairTriples);
        if (auto read = readTriples(outcome))
            return read;
        if (auto read = readWithEffort(1))
            return read;
    }
    const auto solid = std::count_if(finders.begin(), finders.end(),
                                     [](const Finder &finder) { return finder.hits >= 4; });
    // In a small picture the whole costs no more than a part.
    worthFallback = std::any_of(tried.begin(), tried.end(), strong) ||
                    (solid >= 2 && pyramid.pixels() < kSmallPicture);
    return std::nullopt;
}

QrOutcome QrReader::readStill(const LumaView &view)
{
    QrOutcome outcome;
    if (view.isNull() || qint64(view.width) * view.height > kMostPixels)
        return outcome;
    d->pyramid.setPicture(view);
    outcome.read = d->locate(All, &outcome);
    if (!outcome.read && d->worthFallback) {
        const bool inverted = d->mostlyInverted();
        for (int stage = 0; !outcome.read && stage < WholeFrame::stageCount(); ++stage) {
            // Half size reads nearly all that full size does, at a quarter of the cost.
            if (WholeFrame::fullSize(stage) && d->pyramid.pixels() >= kSmallPicture)
                continue;
            outcome.read = d->wholeFrame.run(stage, &d->pyramid, inverted);
        }
    }
    if (outcome.read)
        outcome.hint = QrHint::None;
    return outcome;
}

QrOutcome QrReader::readFrame(const LumaView &view)
{
    QrOutcome outcome;
    if (view.isNull() || qint64(view.width) * view.height > kMostPixels)
        return outcome;
    const bool moved = d->gate.changed(view);
    if (!moved && d->extrasLeft == 0 && ++d->restingFrames < kLongestRest) {
        outcome.skipped = true;
        return outcome;
    }
    d->restingFrames = 0;
    if (moved)
        d->extrasLeft = int(std::size(kStreamExtras));
    else if (d->extrasLeft > 0)
        --d->extrasLeft;
    const unsigned extra = kStreamExtras[d->nextExtra];
    d->nextExtra = (d->nextExtra + 1) % std::size(kStreamExtras);
    d->pyramid.setPicture(view);
    outcome.read = d->locate(extra, &outcome);
    if (!outcome.read && d->worthFallback && (extra & Whole)) {
        outcome.read = d->wholeFrame.run(d->nextStage, &d->pyramid, d->mostlyInverted());
        d->nextStage = (d->nextStage + 1) % WholeFrame::stageCount();
    }
    if (outcome.read) {
        // What was read needs no second look until something moves.
        d->extrasLeft = 0;
        outcome.hint = QrHint::None;
    }
    return outcome;
}

void QrReader::resetStream()
{
    d->gate.reset();
    d->nextStage = d->extrasLeft = d->restingFrames = 0;
    d->nextExtra = 0;
}

} // namespace riderport::vision
