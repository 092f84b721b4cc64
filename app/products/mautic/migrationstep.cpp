// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/console.h"
#include "products/mautic/consoleoutput.h"
#include "products/mautic/halfdone.h"
#include "products/mautic/mauticerror.h"
#include "products/mautic/upgradesteps.h"
#include "products/mautic/versiontable.h"
#include "steps/framedstep.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("MauticUpgrade", sentence);
}

/// The console's lines as progress: which migration it is at and how many there are.
class MigrationProgress : public Monitor
{
public:
    explicit MigrationProgress(Monitor &monitor)
        : m_monitor(monitor)
    {}
    void setCount(int done, int all)
    {
        m_progress.done = done;
        m_progress.total = all;
        if (m_progress.text.isEmpty())
            m_progress.text = text("Running migrations");
        m_isFirst = true;
        m_monitor.report(m_progress);
    }
    /// Of a line of output only the name of a migration is shown; the log has them all.
    void report(const Progress &line) override
    {
        static const QRegularExpression starting(uR"(\+\+ migrating (\S+))"_s);
        if (const auto match = starting.match(line.text); match.hasMatch()) {
            if (!std::exchange(m_isFirst, false))
                m_progress.done = std::min(m_progress.done + 1, m_progress.total - 1);
            m_progress.text = text("Migration %1 (%2 of %3)")
                                  .arg(match.captured(1),
                                       QString::number(m_progress.done + 1),
                                       QString::number(m_progress.total));
        }
        m_monitor.report(m_progress);
    }
    void log(const QString &line) override { m_monitor.log(line); }
    bool isCancelRequested() const override { return m_monitor.isCancelRequested(); }

private:
    Monitor &m_monitor;
    Progress m_progress;
    bool m_isFirst = true;
};

/// Runs all outstanding migrations, one call of the console after the other. Progress is the set of
/// recorded versions: the exit status tells nothing.
class Migrations
{
public:
    Migrations(const MauticUpgrade &upgrade,
               MauticConsole console,
               ErrorCode identificationFailed,
               StepContext &context)
        : m_upgrade(upgrade)
        , m_console(std::move(console))
        , m_identificationFailed(std::move(identificationFailed))
        , m_context(context)
        , m_progress(context)
    {}

    Result<Outcome> run();

private:
    Result<MigrationStatus> status();
    Result<Outcome> afterNoProgress(const MauticConsole::Answer &answer, int open);
    Result<QStringList> recorded()
    {
        return recordedVersions(m_upgrade.database, m_upgrade.tablePrefix);
    }

    const MauticUpgrade &m_upgrade;
    MauticConsole m_console;
    ErrorCode m_identificationFailed;
    StepContext &m_context;
    MigrationProgress m_progress;
    bool m_runsAll = false; ///< migrate instead of migrate next
};

Result<MigrationStatus> Migrations::status()
{
    const auto failed = [this](const Failure &failure) {
        return because({m_identificationFailed,
                        text("The console does not tell which migrations are outstanding."),
                        {},
                        {}},
                       failure);
    };
    const auto answer = m_console.run(ConsoleCommand::MigrationStatus, m_progress);
    if (!answer)
        return failed(answer.failure());
    if (answer->verdict.isFailed())
        return failed(*answer->verdict.error);
    const auto status = parseStatus(answer->process.standardOutput);
    if (!status)
        return Error{m_identificationFailed,
                     text("The console's status names no count of new migrations."),
                     QString::fromUtf8(answer->process.standardOutput),
                     {}};
    return *status;
}

Result<Outcome> Migrations::afterNoProgress(const MauticConsole::Answer &answer, int open)
{
    if (!m_runsAll) {
        m_context.log(
            u"No progress: \"migrate next\" left %1 migration(s) open; they are older than "
            "the current version. Running \"migrate\", which runs those as well."_s.arg(open));
        m_runsAll = true;
        return Outcome(Done{});
    }
    const auto output = parseMigrate(answer.process.standardOutput, answer.process.standardError);
    if (!output.failure && !output.skipReasons.isEmpty()) {
        m_context.log(u"WARNING: %1 migration(s) skip themselves and are not recorded: %2"_s.arg(
            QString::number(open), output.skipReasons.join(u"; "_s)));
        return Outcome(Done{QCoreApplication::translate(
            "MauticUpgrade", "%n migration(s) skip themselves and stay open", nullptr, open)});
    }
    return Error{
        MauticConsoleError::NothingRun,
        QCoreApplication::translate("MauticUpgrade",
                                    "%n migration(s) stay open although the console reports "
                                    "no failure.",
                                    nullptr,
                                    open),
        QString::fromUtf8(answer.process.standardOutput),
        {}};
}

Result<Outcome> Migrations::run()
{
    int first = -1;
    while (true) {
        if (m_context.isCancelRequested())
            return Cancelled{};
        const auto now = status();
        if (!now)
            return now.failure();
        const int open = now->newMigrations;
        first = std::max(first, open);
        m_progress.setCount(first - open, first);
        if (open == 0) {
            return Outcome(Done{
                QCoreApplication::translate("MauticUpgrade", "%n migration(s)", nullptr, first)});
        }
        m_context.log(u"%1 migration(s) to go, now at version %2"_s.arg(QString::number(open),
                                                                        now->currentVersion));
        const auto before = recorded();
        if (!before)
            return before.failure();
        if (const auto noted = m_context.intend({{u"migrateFrom"_s, now->currentVersion},
                                                 {u"open"_s, open},
                                                 {u"all"_s, m_runsAll}});
            !noted)
            return noted.failure();
        const auto answer = m_console.run(
            m_runsAll ? ConsoleCommand::MigrateAll : ConsoleCommand::MigrateNext, m_progress);
        if (!answer)
            return answer.failure();
        const auto after = recorded();
        if (!after)
            return answer->verdict.isFailed() ? Failure(*answer->verdict.error) : after.failure();
        if (answer->verdict.isFailed())
            return *answer->verdict.error;
        if (*after == *before) {
            const bool wasAll = m_runsAll;
            auto ended = afterNoProgress(*answer, open);
            if (!ended || wasAll)
                return ended;
        }
    }
}

struct MigrationFrame
{
    StepFrame frame;
    MauticConsole::Generation generation;
    ErrorCode identificationFailed;
};

std::unique_ptr<Step> migrationStep(const MauticUpgradePtr &upgrade, MigrationFrame face)
{
    face.frame.otherFailures = {face.identificationFailed};
    const auto generation = face.generation;
    const auto identificationFailed = face.identificationFailed;
    return std::make_unique<FramedStep>(face.frame, [=](StepContext &context) -> Result<Outcome> {
        auto console = MauticConsole::open(upgrade->settings, generation);
        if (!console)
            return console.failure();
        // A former try that was killed in the middle of a migration leaves half of it behind.
        if (generation == MauticConsole::Generation::Mautic3 && !context.intentions().isEmpty()) {
            const auto mended = finishHalfDoneMigrations(*upgrade, context);
            if (!mended)
                return mended.failure();
        }
        return Migrations(*upgrade, std::move(console).value(), identificationFailed, context)
            .run();
    });
}

} // namespace

std::unique_ptr<Step> applyV2MigrationsStep(const MauticUpgradePtr &upgrade)
{
    StepFrame frame;
    frame.code = u"applyV2Migrations"_s;
    frame.title = text("Mautic 2 migrations");
    frame.intention =
        text("Runs what the database still lacks of Mautic %1, one migration at a time.")
            .arg(upgrade->from);
    frame.weight = 20'000'000 + upgrade->rowCount * 100;
    frame.failure = MauticError::ERR_MAUTIC_2_MIGRATIONS_FAILED;
    frame.failureFact = text("A migration of Mautic 2 failed.");
    return migrationStep(upgrade,
                         {frame,
                          MauticConsole::Generation::Mautic2,
                          MauticError::ERR_MAUTIC_2_MIGRATIONS_IDENTIFICATION_FAILED});
}

std::unique_ptr<Step> applyMigrationsStep(const MauticUpgradePtr &upgrade)
{
    StepFrame frame;
    frame.code = u"applyMigrations"_s;
    frame.title = text("Mautic 3 migrations");
    frame.intention =
        text("Brings the database to Mautic 3, one migration at a time. From here on the "
             "way back is the restore point.");
    frame.weight = 40'000'000 + upgrade->rowCount * 200;
    frame.failure = MauticError::ERR_MAUTIC_3_MIGRATIONS_FAILED;
    frame.failureFact = text("A migration of Mautic 3 failed.");
    return migrationStep(upgrade,
                         {frame,
                          MauticConsole::Generation::Mautic3,
                          MauticError::ERR_MAUTIC_3_MIGRATIONS_IDENTIFICATION_FAILED});
}

} // namespace Banister
