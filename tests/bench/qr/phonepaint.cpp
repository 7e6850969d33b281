// SPDX-License-Identifier: Apache-2.0
#include "phonescene.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace riderport::test {
namespace {

/// The screen in units of modules around the code's centre: half width and the two ends.
constexpr double kScreenHalf = 0.72;
constexpr double kScreenTop = -1.5;
constexpr double kScreenBottom = 1.1;

void boxBlur(std::vector<float> *plane, int width, int height, double dx, double dy)
{
    // Motion: the mean along a segment, sampled each half pixel.
    const int taps = std::max(1, int(std::hypot(dx, dy) * 2));
    if (taps < 2)
        return;
    const std::vector<float> in = *plane;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            float sum = 0;
            for (int t = 0; t < taps; ++t) {
                const double part = double(t) / double(taps - 1) - 0.5;
                const int sx = std::clamp(int(std::lround(x + dx * part)), 0, width - 1);
                const int sy = std::clamp(int(std::lround(y + dy * part)), 0, height - 1);
                sum += in[size_t(sy * width + sx)];
            }
            (*plane)[size_t(y * width + x)] = sum / float(taps);
        }
    }
}

void diskBlur(std::vector<float> *plane, int width, int height, double radius)
{
    const int reach = int(radius + 0.5);
    if (reach < 1)
        return;
    std::vector<float> out(plane->size());
    // Row spans of the disk, over running sums of rows.
    std::vector<double> run(size_t(width) + 1);
    std::vector<std::vector<double>> runs(static_cast<size_t>(height), run);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            runs[size_t(y)][size_t(x) + 1] =
                    runs[size_t(y)][size_t(x)] + double((*plane)[size_t(y * width + x)]);
        }
    }
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            double sum = 0;
            int count = 0;
            for (int dy = -reach; dy <= reach; ++dy) {
                const double rest = (radius + 0.5) * (radius + 0.5) - dy * dy;
                if (rest < 0)
                    continue;
                const int half = int(std::sqrt(rest));
                const auto &row = runs[size_t(std::clamp(y + dy, 0, height - 1))];
                const int x0 = std::max(0, x - half);
                const int x1 = std::min(width, x + half + 1);
                sum += row[size_t(x1)] - row[size_t(x0)];
                count += x1 - x0;
            }
            out[size_t(y * width + x)] = float(sum / count);
        }
    }
    plane->swap(out);
}

void gaussBlur(std::vector<float> *plane, int width, int height, double sigma)
{
    if (sigma < 0.2)
        return;
    const int reach = std::max(1, int(std::ceil(sigma * 2.5)));
    std::vector<float> kernel;
    float total = 0;
    for (int i = -reach; i <= reach; ++i) {
        kernel.push_back(float(std::exp(-i * i / (2 * sigma * sigma))));
        total += kernel.back();
    }
    std::vector<float> middle(plane->size());
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            float sum = 0;
            for (int i = -reach; i <= reach; ++i)
                sum += kernel[size_t(i + reach)] *
                       (*plane)[size_t(y * width + std::clamp(x + i, 0, width - 1))];
            middle[size_t(y * width + x)] = sum / total;
        }
    }
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            float sum = 0;
            for (int i = -reach; i <= reach; ++i)
                sum += kernel[size_t(i + reach)] *
                       middle[size_t(std::clamp(y + i, 0, height - 1) * width + x)];
            (*plane)[size_t(y * width + x)] = sum / total;
        }
    }
}

} // namespace

std::vector<float> PhoneFrameMaker::background(int width, int height)
{
    std::vector<float> plane(size_t(width) * size_t(height));
    std::array<float, 48> coarse;
    for (float &value : coarse)
        value = float(uniform(50, 170));
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const float gx = float(x) / float(width) * 6.999F;
            const float gy = float(y) / float(height) * 4.999F;
            const size_t i = size_t(gy) * 8 + size_t(gx);
            const float px = gx - std::floor(gx);
            const float py = gy - std::floor(gy);
            plane[size_t(y * width + x)] = (coarse[i] * (1 - px) + coarse[i + 1] * px) * (1 - py) +
                                           (coarse[i + 8] * (1 - px) + coarse[i + 9] * px) * py;
        }
    }
    const int patches = integer(10, 20);
    for (int p = 0; p < patches; ++p) {
        const int w = integer(width / 30, width / 6);
        const int h = integer(height / 20, height / 4);
        const int left = integer(-w / 2, width - w / 2);
        const int top = integer(-h / 2, height - h / 2);
        const int cell = integer(2, width / 60);
        const int kind = integer(0, 3);
        const float a = float(uniform(30, 200));
        const float b = kind == 0 ? a : float(uniform(30, 220));
        for (int y = std::max(0, top); y < std::min(height, top + h); ++y) {
            for (int x = std::max(0, left); x < std::min(width, left + w); ++x) {
                const unsigned cx = unsigned((x - left) / cell);
                const unsigned cy = unsigned((y - top) / cell);
                const unsigned hash =
                        (cx * 73856093U ^ cy * 19349663U ^ unsigned(p) * 83492791U) * 2654435761U;
                const bool on = kind == 1   ? cy % 2 == 1
                                : kind == 2 ? (cx + cy) % 2 == 1
                                            : (hash >> 16 & 1U) == 1U;
                plane[size_t(y * width + x)] = on ? a : b;
            }
        }
    }
    return plane;
}

void PhoneFrameMaker::paintPhone(const Scene &s, int width, int height, std::vector<float> *plane)
{
    const double n = double(s.code.size);
    const double size = (n + 8) * s.module; // code with quiet zone, pixels
    const double distance = 4.0 * size;
    const double cx = std::cos(s.tiltX);
    const double sx = std::sin(s.tiltX);
    const double cy = std::cos(s.tiltY);
    const double sy = std::sin(s.tiltY);
    const double ct = std::cos(s.turn);
    const double st = std::sin(s.turn);
    // Columns of the plane in space: X axis and Y axis of the phone after both tilts.
    const double ax = cy;
    const double az = sy;
    const double bx = sx * sy;
    const double by = cx;
    const double bz = -sx * cy;
    constexpr int kSub = 3;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            float sum = 0;
            int covered = 0;
            for (int k = 0; k < kSub * kSub; ++k) {
                const double px = x + (k % kSub + 0.5) / kSub - s.centreX;
                const double py = y + (k / kSub + 0.5) / kSub - s.centreY;
                const double rx = px * ct + py * st;
                const double ry = -px * st + py * ct;
                // Solve u*a + v*b seen in perspective at (rx, ry).
                const double m00 = ax - rx * az / distance;
                const double m01 = bx - rx * bz / distance;
                const double m10 = -ry * az / distance;
                const double m11 = by - ry * bz / distance;
                const double det = m00 * m11 - m01 * m10;
                const double u = (rx * m11 - ry * m01) / det / size;
                const double v = (ry * m00 - rx * m10) / det / size;
                if (std::abs(u) > kScreenHalf + 0.03 || v < kScreenTop - 0.12 ||
                    v > kScreenBottom + 0.12)
                    continue;
                ++covered;
                const double light = s.screenLight;
                const double dark = s.screenDark;
                const double ground = s.darkCard || s.inverted ? dark : light;
                const double ink = s.darkCard || s.inverted ? light * 0.8 : dark;
                if (std::abs(u) > kScreenHalf || v < kScreenTop || v > kScreenBottom) {
                    sum += 22.0F;
                    continue;
                }
                double value = ground;
                if (std::abs(u) <= 0.5 && std::abs(v) <= 0.5) {
                    const int mx = int(std::floor((u + 0.5) * (n + 8) - 4));
                    const int my = int(std::floor((v + 0.5) * (n + 8) - 4));
                    const bool inside = mx >= 0 && my >= 0 && mx < s.code.size && my < s.code.size;
                    const bool isDark = inside && s.code.dark(mx, my);
                    value = isDark != s.inverted ? dark : light;
                } else if (v < -0.6 && std::abs(u) < 0.6) {
                    const int line = int(v * -24);
                    const unsigned word =
                            (unsigned(int((u + 1) * 40)) * 40503U ^ unsigned(line) * 9973U) >> 3;
                    if (line % 2 && word % 5)
                        value = ink;
                } else if (v > 0.62 && v < 0.72 && std::abs(u) < 0.45) {
                    value = (ground + ink) / 2;
                }
                sum += float(value);
            }
            float &out = (*plane)[size_t(y * width + x)];
            out = (sum + out * float(kSub * kSub - covered)) / float(kSub * kSub);
        }
    }
}

void PhoneFrameMaker::spoil(const Scene &s, int width, int height, std::vector<float> *plane)
{
    gaussBlur(plane, width, height, s.blur);
    if (s.defocus > 0)
        diskBlur(plane, width, height, s.defocus);
    boxBlur(plane, width, height, s.motionX, s.motionY);
    std::array<float, 4096> normal;
    for (float &value : normal) {
        double sum = 0;
        for (int i = 0; i < 12; ++i)
            sum += uniform(0, 1);
        value = float(sum - 6);
    }
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            double value = double((*plane)[size_t(y * width + x)]);
            if (s.moire > 0) {
                value += s.moire * std::sin(6.2832 * (x + 0.31 * y) / s.moirePeriod) *
                         std::sin(6.2832 * (y - 0.17 * x) / (s.moirePeriod * 1.13));
            }
            if (s.glare > 0) {
                const double dx = x - s.centreX - s.glareX;
                const double dy = y - s.centreY - s.glareY;
                value += s.glare * std::exp(-(dx * dx + dy * dy) / (2 * s.glareSize * s.glareSize));
            }
            value = value * s.gain + s.noise * double(normal[m_random() & 4095U]);
            (*plane)[size_t(y * width + x)] = float(value);
        }
    }
}

} // namespace riderport::test
