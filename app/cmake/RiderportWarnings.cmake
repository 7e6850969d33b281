# SPDX-License-Identifier: Apache-2.0
# One interface target carries the compiler contract of the house: warnings, strict Qt macros, sanitizers.
add_library(riderport_options INTERFACE)
add_library(Riderport::Options ALIAS riderport_options)
target_compile_options(riderport_options INTERFACE -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
                                                   -Wno-missing-field-initializers
                                                   "-ffile-prefix-map=${CMAKE_SOURCE_DIR}/=")
if(RIDERPORT_WERROR)
    target_compile_options(riderport_options INTERFACE -Werror)
endif()
target_compile_definitions(
    riderport_options
    INTERFACE QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
              QT_NO_FOREACH QT_NO_KEYWORDS QT_NO_JAVA_STYLE_ITERATORS QT_NO_CONTEXTLESS_CONNECT
              QT_USE_QSTRINGBUILDER ZX_USE_UTF8
              # What Qt deprecated after our oldest version has no replacement there.
              QT_WARN_DEPRECATED_UP_TO=0x060402)
if(RIDERPORT_SANITIZE)
    target_compile_options(riderport_options INTERFACE "-fsanitize=${RIDERPORT_SANITIZE}" -fno-omit-frame-pointer)
    target_link_options(riderport_options INTERFACE "-fsanitize=${RIDERPORT_SANITIZE}")
    if(RIDERPORT_SANITIZE MATCHES "undefined")
        # A finding that only prints would pass.
        target_compile_options(riderport_options INTERFACE -fno-sanitize-recover=undefined)
    endif()
endif()
if(RIDERPORT_FUZZ)
    target_compile_options(riderport_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
