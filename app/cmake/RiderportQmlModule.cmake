# SPDX-License-Identifier: Apache-2.0
# riderport_add_qml_module(<target> URI Riderport.X QML_FILES ... [IMPORTS ...] [SOURCES ...] [LINKS ...])
# One flat static QML module per folder; output lands in build/<preset>/qml/<URI path> so that qmllint and
# the engine find it on both Qt versions.
function(riderport_add_qml_module target)
    cmake_parse_arguments(ARG "" "URI" "QML_FILES;IMPORTS;SOURCES;LINKS;RESOURCES" ${ARGN})
    string(REPLACE "." "/" path "${ARG_URI}")
    qt_add_library(${target} STATIC)
    qt_add_qml_module(
        ${target}
        URI ${ARG_URI}
        VERSION 1.0
        RESOURCE_PREFIX /qt/qml
        OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/qml/${path}"
        IMPORT_PATH "${CMAKE_BINARY_DIR}/qml"
        IMPORTS ${ARG_IMPORTS}
        QML_FILES ${ARG_QML_FILES}
        SOURCES ${ARG_SOURCES}
        RESOURCES ${ARG_RESOURCES})
    target_link_libraries(${target} PUBLIC Qt6::Quick ${ARG_LINKS})
    if(ARG_SOURCES)
        # Code that qmlcachegen writes does not keep the house's warnings (shadowed lambda parameters), so only
        # modules with sources of their own are held to them.
        target_link_libraries(${target} PRIVATE Riderport::Options)
    endif()
endfunction()
