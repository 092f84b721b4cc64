// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/practicefixture.h"
#include "support/programrun.h"
#include "support/treesnapshot.h"

#include <QJsonObject>
#include <QMap>

#include <functional>

namespace Banister {

/// Where a run of banister-cli is to be killed.
struct Kill
{
    enum class Program { Upgrade, Resume, Rollback };
    enum class Moment {
        AfterRecord,  ///< the record is on disk, what it announces has not begun
        BeforeRecord, ///< what comes before it is done, and the journal does not tell yet
        BeforeCall    ///< of a function of the system, by the thread that runs the steps
    };

    Program program = Program::Upgrade;
    Moment moment = Moment::AfterRecord;
    int number = 1;    ///< of the records that the process writes, or of its calls; from 1
    QString call = {}; ///< which function: "unlinkat"; killbefore.cpp knows some
    int error = 0;     ///< of BeforeCall: the call fails with it, and the program lives

    QString name() const;
};

/// Files and database of a site.
struct SiteState
{
    TreeSnapshot files;
    QByteArrayList database; ///< lines of its dump
};

/// A practice site that is upgraded by banister-cli, killed, looked at and put back, many times. What
/// it is compared with comes from mariadb-dump and from a walk of its own: nothing of Banister's.
class KillableSite
{
public:
    ~KillableSite();

    /// Few: without those that have the same records in the journal as another.
    enum class Migrations { All, Few };

    /// Builds it, changes it where asked, and notes its start. Empty, or why not.
    QString build(Migrations migrations,
                  const std::function<void(const PracticeFixture &)> &prepare = {},
                  const MauticSiteOptions &options = {.files = 320, .rows = 200});
    /// What it is now becomes its start: "start". Empty, or why not.
    QString noteStart();
    /// Notes its end after an upgrade that nothing disturbs, and rolls that back. Empty, or why not.
    QString measure();
    /// The same in two parts.
    QString measureUpgrade();
    QString measureRollback();

    /// The journal of that upgrade.
    const QList<QJsonObject> &records() const { return m_records; }
    /// How many records a rollback of a half-way upgrade writes when nothing disturbs it.
    int rollbackRecords() const { return m_rollbackRecords; }
    /// How many calls of each kind that changes something there were.
    const QMap<QString, int> &upgradeCalls() const { return m_upgradeCalls; }
    const QMap<QString, int> &rollbackCalls() const { return m_rollbackCalls; }

    ProgramEnd upgrade() const { return run(Kill::Program::Upgrade); }
    ProgramEnd resume() const { return run(Kill::Program::Resume); }
    ProgramEnd rollBack() const { return run(Kill::Program::Rollback); }
    ProgramEnd kill(const Kill &kill) const;

    /// Notes what it is now, under a name. Empty, or why not.
    QString keep(const QString &name) const;
    /// Makes it again what it was then. "start" is what build() has left.
    QString putBack(const QString &name = QStringLiteral("start")) const;
    QString differenceFromStart() const;
    QString differenceFromEnd() const;
    /// What is wrong with the logs of its runs, wherever they are.
    QString logProblem() const;

    /// A restore point is whole when its manifest is there.
    bool hasRestorePoint() const;
    /// The last record of the newest run that has any; empty where there is none.
    QJsonObject lastRecord() const;
    QByteArrayList dump() const;
    const PracticeFixture &fixture() const { return m_fixture; }

private:
    QString dropLikeMigrations() const;
    ProgramEnd run(Kill::Program program, const QStringList &variables = {}) const;
    QMap<QString, int> callsOf(Kill::Program program, ProgramEnd &end) const;
    SiteState state() const;
    SiteState startState() const;
    SiteState endState() const;
    SnapshotEntry withoutChance(const QByteArray &path, SnapshotEntry entry) const;
    QString journalPath() const;
    QString keptPoints(const QString &name) const { return m_kept.filePath(name + "-points"); }

    PracticeFixture m_fixture;
    QTemporaryDir m_kept;
    SiteState m_start;
    SiteState m_end;
    QByteArray m_collation; ///< of the database
    qint64 m_begunNs = 0;   ///< what has a later time was written by an upgrade
    QList<QJsonObject> m_records;
    int m_rollbackRecords = 0;
    QMap<QString, int> m_upgradeCalls;
    QMap<QString, int> m_rollbackCalls;
};

/// One line each; empty where both are equal.
QString differences(const SiteState &expected, const SiteState &actual);

} // namespace Banister
