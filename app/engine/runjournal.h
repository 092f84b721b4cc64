// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/runstate.h"
#include "journal/journal.h"

namespace Banister {

/// A run's journal and the state that its records make, kept together: the state changes when the
/// record is on disk, never before. For one thread at a time.
class RunJournal
{
public:
    /// A new file; begins with the record.
    static Result<RunJournal> create(const QString &path, const RunStarted &start);
    /// To go on with a run. EngineError.UnreadableRun, .NewerRun, and the journal's errors.
    static Result<RunJournal> open(const QString &path);

    Result<> append(const RunRecord &record);
    const RunState &state() const { return m_state; }

private:
    explicit RunJournal(Journal journal)
        : m_journal(std::move(journal))
    {}

    Journal m_journal;
    RunState m_state;
};

} // namespace Banister
