// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runjournal.h"

using namespace Qt::StringLiterals;

namespace Banister {

Result<RunJournal> RunJournal::create(const QString &path, const RunStarted &start)
{
    auto journal = Journal::create(path);
    if (!journal)
        return journal.failure();
    RunJournal run(std::move(*journal));
    if (auto written = run.append(start); !written)
        return written.failure();
    return run;
}

Result<RunJournal> RunJournal::open(const QString &path)
{
    auto journal = Journal::open(path);
    if (!journal)
        return journal.failure();
    const auto records = Journal::read(path);
    if (!records)
        return records.failure();
    auto state = RunState::fromRecords(*records);
    if (!state)
        return state.failure();
    RunJournal run(std::move(*journal));
    run.m_state = std::move(*state);
    return run;
}

Result<> RunJournal::append(const RunRecord &record)
{
    // What contradicts the state must not reach the file.
    if (auto fits = m_state.accepts(record); !fits)
        return fits.failure();
    const auto written = m_journal.append(toJson(record));
    if (!written)
        return written.failure();
    const auto time =
        QDateTime::fromString(written->value("time"_L1).toString(), Qt::ISODateWithMs);
    return m_state.apply(record, time);
}

} // namespace Banister
