# SPDX-License-Identifier: Apache-2.0
# riderport_add_test(<name> LABEL unit|qml|integration|e2e|bench|arch SOURCES ... LINKS ...)
# One Qt Test executable, off-screen, Qt warnings fatal, run time bounded by its label.
set(RIDERPORT_TEST_TIMEOUT_unit 60)
set(RIDERPORT_TEST_TIMEOUT_qml 120)
set(RIDERPORT_TEST_TIMEOUT_integration 180)
set(RIDERPORT_TEST_TIMEOUT_e2e 600)
set(RIDERPORT_TEST_TIMEOUT_bench 1800)
set(RIDERPORT_TEST_TIMEOUT_fuzz 300)
set(RIDERPORT_TEST_TIMEOUT_arch 60)
if(RIDERPORT_TESTS)
    find_package(Qt6 6.4.2 REQUIRED COMPONENTS Test QuickTest)
    find_package(Python3 REQUIRED COMPONENTS Interpreter)
endif()

function(riderport_test_properties name label)
    set_tests_properties(
        ${name}
        PROPERTIES LABELS ${label}
                   TIMEOUT ${RIDERPORT_TEST_TIMEOUT_${label}}
                   SKIP_RETURN_CODE 77
                   ENVIRONMENT
                   "QT_QPA_PLATFORM=offscreen;QT_QUICK_BACKEND=software;LC_ALL=C.UTF-8;RIDERPORT_BIN=${CMAKE_BINARY_DIR}/bin;RIDERPORT_SOURCE=${CMAKE_SOURCE_DIR}"
    )
endfunction()

function(riderport_add_test name)
    cmake_parse_arguments(ARG "" "LABEL" "SOURCES;LINKS" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    target_link_libraries(${name} PRIVATE Riderport::Options Qt6::Test ${ARG_LINKS})
    add_test(NAME ${name} COMMAND ${name})
    riderport_test_properties(${name} ${ARG_LABEL})
endfunction()

# riderport_add_script_test(<name> LABEL <label> SCRIPT <python file> [ARGS ...])
function(riderport_add_script_test name)
    cmake_parse_arguments(ARG "" "LABEL;SCRIPT" "ARGS" ${ARGN})
    add_test(NAME ${name} COMMAND ${Python3_EXECUTABLE} ${ARG_SCRIPT} ${ARG_ARGS})
    riderport_test_properties(${name} ${ARG_LABEL})
endfunction()

# riderport_add_fuzz_target(<name> SOURCES <file with LLVMFuzzerTestOneInput> LINKS ...)
# tests/fuzz/corpus/<name>/ holds its inputs. With RIDERPORT_FUZZ (clang) the test is a short libFuzzer run from that
# corpus; in every other build it feeds the corpus and seeded mutations of it, so that each find stays found.
function(riderport_add_fuzz_target name)
    cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
    set(corpus "${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/${name}")
    add_executable(${name} ${ARG_SOURCES})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    target_link_libraries(${name} PRIVATE Riderport::Options ${ARG_LINKS})
    if(RIDERPORT_FUZZ)
        target_compile_options(${name} PRIVATE -fsanitize=fuzzer)
        target_link_options(${name} PRIVATE -fsanitize=fuzzer)
        set(scratch "${CMAKE_BINARY_DIR}/fuzz/${name}")
        file(MAKE_DIRECTORY "${scratch}")
        add_test(NAME ${name} COMMAND ${name} -seed=1 -runs=200000 -max_total_time=60 -timeout=5 -rss_limit_mb=1024
                                      -artifact_prefix=${scratch}/ "${scratch}" "${corpus}")
    else()
        target_sources(${name} PRIVATE "${CMAKE_SOURCE_DIR}/tests/fuzz/replay.cpp")
        add_test(NAME ${name} COMMAND ${name} "${corpus}")
    endif()
    riderport_test_properties(${name} fuzz)
endfunction()
