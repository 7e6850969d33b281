// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "phoneframe.h"

namespace riderport::test {

/// Everything a picture is made of, drawn by lot once and painted then.
struct PhoneFrameMaker::Scene
{
    QString text;
    vision::QrMatrix code;
    bool phone = true;
    double module = 4; ///< pixels
    double turn = 0;   ///< radians, in the picture plane
    double tiltX = 0;  ///< radians
    double tiltY = 0;
    double centreX = 0; ///< of the code, pixels
    double centreY = 0;
    bool inverted = false;
    bool darkCard = false;
    double screenLight = 215;
    double screenDark = 45;
    double gain = 1;
    double blur = 0.5;  ///< Gaussian sigma, pixels
    double defocus = 0; ///< disk radius, pixels
    double motionX = 0; ///< pixels
    double motionY = 0;
    double noise = 2; ///< grey levels
    double moire = 0;
    double moirePeriod = 3;
    double glare = 0;  ///< grey levels at its centre
    double glareX = 0; ///< offset from the code's centre, pixels
    double glareY = 0;
    double glareSize = 50;
    int jpegQuality = 0; ///< 0: not compressed
};

} // namespace riderport::test
