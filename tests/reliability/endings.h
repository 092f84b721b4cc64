// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "reliability/killablesite.h"

#include <QCoreApplication>

namespace Banister {

/// How what was broken goes on: the ends that are allowed. Each is empty, or says what is wrong.

/// A program that met an error ends by itself, and names the error, unless it could do without.
QString problemOfFailure(const ProgramEnd &end);
/// Goes on with an upgrade that stands half-way, or begins it: the end is that of one that nothing
/// disturbed.
QString problemOfResuming(const KillableSite &site);
/// The start, byte for byte; where there is no restore point yet, nothing may have been changed.
QString problemOfRollingBack(const KillableSite &site);

/// What dies in tests is a process, not a disk; waiting for a disk would be most of the work. Puts
/// temporary files into memory where there is room, unless the environment names a place.
void useMemoryForFiles();

/// In place of QTEST_GUILESS_MAIN.
#define BANISTER_TEST_MAIN_IN_MEMORY(TestClass)                                                    \
    int main(int argc, char **argv)                                                                \
    {                                                                                              \
        Banister::useMemoryForFiles();                                                             \
        const QCoreApplication application(argc, argv);                                            \
        TestClass test;                                                                            \
        return QTest::qExec(&test, argc, argv);                                                    \
    }

} // namespace Banister
