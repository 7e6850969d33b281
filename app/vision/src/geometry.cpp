// SPDX-License-Identifier: Apache-2.0
#include "geometry.h"

#include <utility>

namespace riderport::vision {

bool solveLinear(double *rows, int n)
{
    const int columns = n + 1;
    for (int i = 0; i < n; ++i) {
        int pivot = i;
        for (int r = i + 1; r < n; ++r) {
            if (std::abs(rows[r * columns + i]) > std::abs(rows[pivot * columns + i]))
                pivot = r;
        }
        if (std::abs(rows[pivot * columns + i]) < 1e-9)
            return false;
        if (pivot != i) {
            for (int c = i; c < columns; ++c)
                std::swap(rows[i * columns + c], rows[pivot * columns + c]);
        }
        const double inverse = 1.0 / rows[i * columns + i];
        for (int c = i; c < columns; ++c)
            rows[i * columns + c] *= inverse;
        for (int r = 0; r < n; ++r) {
            const double factor = rows[r * columns + i];
            if (r == i || factor == 0.0)
                continue;
            for (int c = i; c < columns; ++c)
                rows[r * columns + c] -= factor * rows[i * columns + c];
        }
    }
    return true;
}

bool Homography::fit(const std::array<Point, 4> &from, const std::array<Point, 4> &to)
{
    double rows[8 * 9];
    for (int i = 0; i < 4; ++i) {
        const double x = double(from[size_t(i)].x);
        const double y = double(from[size_t(i)].y);
        const double u = double(to[size_t(i)].x);
        const double v = double(to[size_t(i)].y);
        const double first[9] = {x, y, 1, 0, 0, 0, -x * u, -y * u, u};
        const double second[9] = {0, 0, 0, x, y, 1, -x * v, -y * v, v};
        for (int c = 0; c < 9; ++c) {
            rows[(2 * i) * 9 + c] = first[c];
            rows[(2 * i + 1) * 9 + c] = second[c];
        }
    }
    if (!solveLinear(rows, 8))
        return false;
    for (int i = 0; i < 8; ++i)
        m[size_t(i)] = float(rows[i * 9 + 8]);
    return true;
}

} // namespace riderport::vision
