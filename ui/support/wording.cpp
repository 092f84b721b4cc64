// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/support/wording.h"

#include "assistant/sitestatus.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;
using namespace std::chrono;

namespace Banister {

namespace {

struct Wording
{
    Q_DECLARE_TR_FUNCTIONS(Wording)
};

} // namespace

QString sizeText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes);
}

QString durationText(milliseconds duration)
{
    const auto total = duration_cast<seconds>(duration).count();
    const auto minutes = total / 60;
    if (total < 60)
        return Wording::tr("%1 s", "seconds").arg(total);
    if (minutes < 60)
        return Wording::tr("%1 min %2 s").arg(minutes).arg(total % 60);
    return Wording::tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

QString remainingText(milliseconds remaining)
{
    constexpr auto HalfAMinute = 30s;
    if (remaining < 10s)
        return Wording::tr("a few seconds left");
    if (remaining < 60s)
        return Wording::tr("less than a minute left");
    const auto minutes = duration_cast<std::chrono::minutes>(remaining + HalfAMinute).count();
    return Wording::tr("about %n minute(s) left", nullptr, int(minutes));
}

Look lookOf(StepState state)
{
    switch (state) {
    case StepState::Pending:
        return {u"pending"_s, Style::Tone::Neutral, Wording::tr("Waiting", "@status")};
    case StepState::Running:
        return {u"running"_s, Style::Tone::Active, Wording::tr("Running", "@status")};
    case StepState::Done:
        return {u"done"_s, Style::Tone::Good, Wording::tr("Done", "@status")};
    case StepState::Skipped:
        return {u"skipped"_s, Style::Tone::Notice, Wording::tr("Skipped", "@status")};
    case StepState::Failed:
        return {u"error"_s, Style::Tone::Bad, Wording::tr("Failed", "@status")};
    case StepState::Cancelled:
        return {u"stopped"_s, Style::Tone::Notice, Wording::tr("Stopped", "@status")};
    }
    return {};
}

Look lookOf(const SiteStatus &status, bool canUpgrade)
{
    switch (status.kind) {
    case SiteStatus::Kind::Running:
        return {u"running"_s, Style::Tone::Active, Wording::tr("Being worked on", "@status")};
    case SiteStatus::Kind::Stopped: {
        const auto count = status.lastRun ? status.lastRun->steps.size() : 0;
        const auto step = status.lastRun ? status.lastRun->current() + 1 : 0;
        return {u"stopped"_s,
                Style::Tone::Notice,
                Wording::tr("Stopped at step %1 of %2", "@status")
                    .arg(std::min(step, count))
                    .arg(count)};
    }
    case SiteStatus::Kind::Upgraded:
        return {u"done"_s,
                Style::Tone::Good,
                status.canRollBack() ? Wording::tr("Upgraded, can be rolled back", "@status")
                                     : Wording::tr("Upgraded", "@status")};
    case SiteStatus::Kind::RolledBack:
        return {u"rollback"_s, Style::Tone::Good, Wording::tr("Rolled back", "@status")};
    case SiteStatus::Kind::NoRun:
        break;
    }
    if (canUpgrade)
        return {u"info"_s, Style::Tone::Active, Wording::tr("Upgrade possible", "@status")};
    return {u"ok"_s, Style::Tone::Neutral, Wording::tr("No upgrade known", "@status")};
}

} // namespace Banister
