// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <sodium.h>

namespace riderport::crypto {

/// libsodium wants sodium_init() once before anything else; failing that, no secret can be made
/// safely.
inline void ensureSodium()
{
    static const bool ready = sodium_init() >= 0;
    if (!ready)
        qFatal("libsodium could not be initialised");
}

inline const unsigned char *bytesOf(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

inline unsigned char *bytesOf(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

} // namespace riderport::crypto
