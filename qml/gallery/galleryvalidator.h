// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

class QQuickWindow;

namespace riderport::gallery {

struct Rules
{
    int minimumTarget = 72;   ///< px, both ways
    int reachLine = 0;        ///< nothing touchable above this y
    bool strictReach = false; ///< also what stands in lists that can be scrolled (low-reach mode)
    bool english = false;     ///< no Chinese character may be left
};

/// Everything wrong with the picture in the window, one line each; empty when nothing is.
[[nodiscard]] QStringList problemsOf(QQuickWindow &window, const Rules &rules);

} // namespace riderport::gallery
