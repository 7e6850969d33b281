# SPDX-License-Identifier: Apache-2.0
# riderport_add_library(<name> SOURCES ... [HEADERS ...] [LINKS ...] [PRIVATE_LINKS ...])
# makes the static library riderport_<name>, alias Riderport::<Name>, whose public headers are
# app/<name>/include/<name>/*.h and nothing else. HEADERS are listed so that moc looks at them.
function(riderport_add_library name)
    cmake_parse_arguments(ARG "" "ALIAS" "SOURCES;HEADERS;LINKS;PRIVATE_LINKS" ${ARGN})
    set(target "riderport_${name}")
    add_library(${target} STATIC ${ARG_SOURCES} ${ARG_HEADERS})
    set_target_properties(${target} PROPERTIES LINKER_LANGUAGE CXX)
    set_target_properties(${target} PROPERTIES AUTOMOC ON)
    if(NOT ARG_ALIAS)
        string(SUBSTRING "${name}" 0 1 first)
        string(TOUPPER "${first}" first)
        string(SUBSTRING "${name}" 1 -1 rest)
        set(ARG_ALIAS "${first}${rest}")
    endif()
    add_library(Riderport::${ARG_ALIAS} ALIAS ${target})
    target_include_directories(${target} PUBLIC "${CMAKE_CURRENT_SOURCE_DIR}/include"
                                         PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}/src")
    target_link_libraries(${target} PUBLIC ${ARG_LINKS} PRIVATE Riderport::Options ${ARG_PRIVATE_LINKS})
endfunction()

# riderport_add_program(<program-name> SOURCES ... LINKS ...) makes one composition root in build/<preset>/bin.
function(riderport_add_program name)
    cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
    target_link_libraries(${name} PRIVATE Riderport::Options ${ARG_LINKS})
endfunction()
