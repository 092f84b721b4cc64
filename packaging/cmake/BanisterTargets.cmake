# SPDX-FileCopyrightText: The Banister developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Targets of ours: the common options, a room (static library), a program and a test.

add_library(banister_options INTERFACE)
target_compile_options(banister_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
    -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align -Wformat=2)
target_compile_definitions(banister_options INTERFACE
    QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING QT_NO_FOREACH
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_DISABLE_DEPRECATED_BEFORE=0x060400
    BANISTER_VERSION="${PROJECT_VERSION}")
if(BANISTER_SANITIZE)
    target_compile_options(banister_options INTERFACE
        -fsanitize=${BANISTER_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all
        # Half of the code that GCC writes for the two sanitizers is for these three. Of null pointers
        # the address sanitizer tells as well.
        -fno-sanitize=null,alignment,vptr
        # Instrumented, GCC 12 loses sight of which member of a std::variant is alive.
        $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
    target_link_options(banister_options INTERFACE -fsanitize=${BANISTER_SANITIZE})
endif()

# Some eighty programs are linked, all of them statically with the rooms.
find_program(BANISTER_MOLD mold)
if(BANISTER_MOLD)
    target_link_options(banister_options INTERFACE -fuse-ld=mold)
endif()

# Reading the headers of Qt and of the standard library is most of the work of compiling: here they
# are read once for all rooms, once for the window, and once for all tests, which allow more casts.
# Whoever precompiles them may define no more than any user of them does; hence a target for that alone.
# _banister_headers(TARGET [DEFINITIONS …] [LIBRARIES …] [HEADERS …])
function(_banister_headers target)
    cmake_parse_arguments(PARSE_ARGV 1 PCH "" "" "DEFINITIONS;LIBRARIES;HEADERS")
    if(BANISTER_PRECOMPILE AND NOT TARGET ${target})
        file(GENERATE OUTPUT ${PROJECT_BINARY_DIR}/${target}.cpp CONTENT "")
        add_library(${target} STATIC ${PROJECT_BINARY_DIR}/${target}.cpp)
        set_target_properties(${target} PROPERTIES AUTOMOC OFF AUTORCC OFF)
        target_compile_definitions(${target} PRIVATE ${PCH_DEFINITIONS})
        target_link_libraries(${target} PRIVATE banister_options Qt6::Core ${PCH_LIBRARIES})
        target_precompile_headers(${target} PRIVATE ${PCH_HEADERS}
            <QByteArray> <QCoreApplication> <QDateTime> <QDir> <QFile> <QFileInfo> <QHash>
            <QJsonArray> <QJsonDocument> <QJsonObject> <QList> <QLocale> <QMetaEnum> <QObject>
            <QProcess> <QRegularExpression> <QSet> <QString> <QStringList> <QTemporaryDir> <QUrl>
            <QVariant> <algorithm> <array> <atomic> <chrono> <functional> <memory> <mutex>
            <optional> <thread> <utility> <variant> <vector>)
    endif()
endfunction()
function(_banister_precompile target owner)
    if(BANISTER_PRECOMPILE)
        target_precompile_headers(${target} REUSE_FROM ${owner})
    endif()
endfunction()

# banister_room(NAME SOURCES … [PUBLIC …] [PRIVATE …] [PRECOMPILED target])
# PUBLIC names what the room's headers include, PRIVATE the rest; rooms go by their short names.
_banister_headers(banister_headers DEFINITIONS QT_NO_CAST_FROM_ASCII)
function(banister_room name)
    cmake_parse_arguments(PARSE_ARGV 1 ROOM "" "PRECOMPILED" "SOURCES;PUBLIC;PRIVATE")
    if(NOT ROOM_PRECOMPILED)
        set(ROOM_PRECOMPILED banister_headers)
    endif()
    add_library(banister_${name} STATIC ${ROOM_SOURCES})
    add_library(Banister::${name} ALIAS banister_${name})
    target_include_directories(banister_${name} PUBLIC ${PROJECT_SOURCE_DIR}/app)
    target_compile_definitions(banister_${name} PRIVATE QT_NO_CAST_FROM_ASCII)
    _banister_libraries(public ${ROOM_PUBLIC})
    _banister_libraries(private ${ROOM_PRIVATE})
    target_link_libraries(banister_${name} PUBLIC ${public} PRIVATE banister_options ${private})
    _banister_precompile(banister_${name} ${ROOM_PRECOMPILED})
    list(FILTER ROOM_SOURCES INCLUDE REGEX "\\.(h|cpp)$")
    list(TRANSFORM ROOM_SOURCES PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
    set_property(GLOBAL APPEND PROPERTY BANISTER_TRANSLATABLE ${ROOM_SOURCES})
endfunction()

# banister_test(NAME SOURCES … [LIBRARIES …] [LABELS …] [TIMEOUT seconds] [SHARDS count])
# With SHARDS the program is started that many times, to do a part of its work each: it is told which
# by BANISTER_TEST_SHARD, "2/3".
_banister_headers(banister_testheaders)
function(banister_test name)
    cmake_parse_arguments(PARSE_ARGV 1 TEST "" "TIMEOUT;SHARDS" "SOURCES;LIBRARIES;LABELS")
    add_executable(${name} ${TEST_SOURCES})
    _banister_libraries(libraries ${TEST_LIBRARIES})
    target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
    target_link_libraries(${name} PRIVATE banister_options Qt6::Test ${libraries})
    _banister_precompile(${name} banister_testheaders)
    _banister_moc(${name} ${TEST_SOURCES})
    if(NOT TEST_TIMEOUT)
        set(TEST_TIMEOUT 120)
    endif()
    math(EXPR watchdog "${TEST_TIMEOUT} * 1000") # Qt Test's own: five minutes by default
    if(NOT TEST_SHARDS)
        set(TEST_SHARDS 1)
    endif()
    foreach(shard RANGE 1 ${TEST_SHARDS})
        set(test ${name})
        if(TEST_SHARDS GREATER 1)
            set(test ${name}_${shard})
        endif()
        add_test(NAME ${test} COMMAND ${name})
        set_tests_properties(${test} PROPERTIES TIMEOUT ${TEST_TIMEOUT} LABELS "${TEST_LABELS}"
            COST ${TEST_TIMEOUT} # the long ones first: none runs alone at the end
            ENVIRONMENT "BANISTER_TEST_SHARD=${shard}/${TEST_SHARDS};QTEST_FUNCTION_TIMEOUT=${watchdog};QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;TSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/support/tsan.supp:die_after_fork=0;ASAN_OPTIONS=quarantine_size_mb=16:malloc_context_size=8;LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/support/lsan.supp")
    endforeach()
endfunction()

# What tests share, beside a target that was added: the precompiled headers, and no automoc.
function(banister_test_library name)
    set_target_properties(${name} PROPERTIES AUTOMOC OFF)
    _banister_precompile(${name} banister_testheaders)
endfunction()

# Runs moc over the sources that include what it writes, and nothing else: automoc looks through each
# program, and compiles a file for it, which took a sixth of the time of a whole build.
function(_banister_moc target)
    set_target_properties(${target} PROPERTIES AUTOMOC OFF)
    set(folder ${CMAKE_CURRENT_BINARY_DIR}/${target}_moc)
    file(MAKE_DIRECTORY ${folder})
    target_include_directories(${target} PRIVATE ${folder})
    foreach(source IN LISTS ARGN)
        cmake_path(GET source STEM stem)
        if(source MATCHES "^tst_.*\\.cpp$")
            qt_generate_moc(${source} ${folder}/${stem}.moc TARGET ${target})
            set_property(SOURCE ${source} APPEND PROPERTY OBJECT_DEPENDS ${folder}/${stem}.moc)
        endif()
    endforeach()
endfunction()

# Short names of rooms become targets; everything with a colon is taken as it is.
function(_banister_libraries out)
    set(result "")
    foreach(library IN LISTS ARGN)
        if(library MATCHES ":")
            list(APPEND result ${library})
        else()
            list(APPEND result Banister::${library})
        endif()
    endforeach()
    set(${out} ${result} PARENT_SCOPE)
endfunction()
