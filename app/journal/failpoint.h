// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifdef BANISTER_FAILPOINTS
#include <QtGlobal>

#include <atomic>
#include <csignal>
#endif

/// Lets a test end this process, as a power cut would, at a chosen record: the environment variables
/// BANISTER_TEST_KILL_BEFORE_RECORD=N and BANISTER_TEST_KILL_AFTER_RECORD=N count the records that
/// this process writes, from 1. Empty unless built with BANISTER_FAILPOINTS; for journal.cpp only.
namespace Banister::FailPoint {

#ifdef BANISTER_FAILPOINTS
inline std::atomic<int> recordsWritten = 0;

inline void beforeRecord()
{
    if (qEnvironmentVariableIntValue("BANISTER_TEST_KILL_BEFORE_RECORD") == recordsWritten + 1)
        std::raise(SIGKILL);
}

inline void afterRecord()
{
    if (qEnvironmentVariableIntValue("BANISTER_TEST_KILL_AFTER_RECORD") == ++recordsWritten)
        std::raise(SIGKILL);
}
#else
inline void beforeRecord() {}
inline void afterRecord() {}
#endif

} // namespace Banister::FailPoint
