// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cmath>

namespace riderport::vision {

struct Point
{
    float x = 0;
    float y = 0;

    friend Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
    friend Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
    friend Point operator*(Point a, float s) { return {a.x * s, a.y * s}; }
};

[[nodiscard]] inline float cross(Point a, Point b)
{
    return a.x * b.y - a.y * b.x;
}
[[nodiscard]] inline float dot(Point a, Point b)
{
    return a.x * b.x + a.y * b.y;
}
[[nodiscard]] inline float length(Point a)
{
    return std::sqrt(dot(a, a));
}

/// A plane projective map from module coordinates to pixels of the picture.
class Homography
{
public:
    /// The map that takes from[i] to to[i]; false when three of them are in line.
    [[nodiscard]] bool fit(const std::array<Point, 4> &from, const std::array<Point, 4> &to);
    [[nodiscard]] Point map(float x, float y) const
    {
        const float w = 1.0F / (m[6] * x + m[7] * y + 1.0F);
        return {(m[0] * x + m[1] * y + m[2]) * w, (m[3] * x + m[4] * y + m[5]) * w};
    }

    std::array<float, 8> m = {1, 0, 0, 0, 1, 0, 0, 0};
};

/// Solves the n x n system in place (Gaussian elimination with row pivoting); rows have n + 1
/// numbers, the last one becomes the solution. False when it is singular.
[[nodiscard]] bool solveLinear(double *rows, int n);

} // namespace riderport::vision
