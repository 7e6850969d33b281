// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "vision/lumaview.h"
#include "vision/qrwriter.h"

#include <QString>

#include <random>
#include <vector>

namespace riderport::test {

/// What is wrong with the picture of a phone held before the kiosk's camera.
enum class Trouble {
    Nominal,
    Small,
    Tilt,
    Rotated,
    Motion,
    Defocus,
    Moire,
    Glare,
    LowLight,
    DimScreen,
    Overexposed,
    Inverted,
    DarkMode,
    Compressed,
    Mixed,
    Empty, ///< no phone: background textures alone
};

[[nodiscard]] const char *troubleName(Trouble trouble);
/// All that show a code.
[[nodiscard]] std::vector<Trouble> allTroubles();

struct PhoneFrame
{
    vision::LumaImage image;
    QString text; ///< empty for Trouble::Empty
};

/// Renders such pictures from a seed: a cluttered background, a phone whose screen shows text lines
/// and a code, projected, blurred, exposed and made noisy. The same seed gives the same picture.
class PhoneFrameMaker
{
public:
    explicit PhoneFrameMaker(unsigned seed);
    [[nodiscard]] PhoneFrame make(Trouble trouble, int width, int height);
    /// An approach of one phone over `count` frames: it comes nearer and into focus.
    [[nodiscard]] std::vector<PhoneFrame> approach(int count, int width, int height);

private:
    struct Scene;

    [[nodiscard]] double uniform(double low, double high);
    [[nodiscard]] int integer(int low, int high);
    [[nodiscard]] QString randomText();
    [[nodiscard]] Scene randomScene(Trouble trouble, int width, int height);
    [[nodiscard]] std::vector<float> background(int width, int height);
    void paintPhone(const Scene &scene, int width, int height, std::vector<float> *plane);
    void spoil(const Scene &scene, int width, int height, std::vector<float> *plane);
    [[nodiscard]] PhoneFrame finish(const Scene &scene, int width, int height,
                                    std::vector<float> plane);

    std::mt19937 m_random;
};

} // namespace riderport::test
