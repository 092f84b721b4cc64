// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "reliability/endings.h"
#include "reliability/shard.h"

#include <QTest>

#include <cerrno>

using namespace Banister;

namespace {

// What can be put back. Half-way the files are exchanged, and the database is on its way.
const QString Start = QStringLiteral("start");
const QString HalfWay = QStringLiteral("half-way");

struct Scenario
{
    enum class Ending { Resumed, RolledBack };

    QList<Kill> kills;
    Ending ending = Ending::Resumed;
    QString from = Start; ///< what is put back before

    QByteArray name() const
    {
        QStringList parts{from};
        for (const auto &kill : kills)
            parts += kill.name();
        parts += ending == Ending::Resumed ? "resumed" : "rolled back";
        return parts.join(", ").toLatin1();
    }
};

using Ending = Scenario::Ending;
using Moment = Kill::Moment;

constexpr auto BothEndings = {Ending::Resumed, Ending::RolledBack};
constexpr auto BothMoments = {Moment::AfterRecord, Moment::BeforeRecord};

/// Everything: BANISTER_KILL_ALL=1. By default, each record is survived once; whether killed after it or
/// before, and then resumed or rolled back, takes turns. Of the migrations, and of the rest, a part is
/// tried.
bool wantsAll()
{
    return qEnvironmentVariableIntValue("BANISTER_KILL_ALL") == 1;
}

} // namespace

Q_DECLARE_METATYPE(Scenario)

/// Kills real upgrades of a real site with SIGKILL at the records of their journals; then they are
/// gone on with, or rolled back.
class TestKillMatrix : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void everyRecord_data();
    void everyRecord() { survive(); }
    void twice_data();
    void twice() { survive(); }
    void rollback_data();
    void rollback() { survive(); }
    void everyCall_data();
    void everyCall() { survive(); }
    void failingCall_data();
    void failingCall() { survive(); }

private:
    void survive();
    int halfWay() const;
    void addRows(const QList<Scenario> &scenarios);
    bool mayEndBefore(const Kill &kill, const ProgramEnd &end) const;
    QString problemOf(const Scenario &scenario) const;

    KillableSite m_site;
    qsizetype m_rows = 0;
};

void TestKillMatrix::initTestCase()
{
    using Migrations = KillableSite::Migrations;
    auto problem = m_site.build(wantsAll() ? Migrations::All : Migrations::Few);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    problem = m_site.measure();
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    QVERIFY(m_site.records().size() > 25);
    QVERIFY(m_site.rollbackRecords() > 8);
    QCOMPARE(m_site.putBack(), QString());
    QVERIFY(m_site.kill({Kill::Program::Upgrade, Moment::AfterRecord, halfWay()}).wasKilled);
    QCOMPARE(m_site.keep(HalfWay), QString());
}

void TestKillMatrix::addRows(const QList<Scenario> &scenarios)
{
    QTest::addColumn<Scenario>("scenario");
    for (const auto &scenario : scenarios) {
        if (isInShard(m_rows++))
            QTest::newRow(scenario.name().constData()) << scenario;
    }
}

void TestKillMatrix::everyRecord_data()
{
    QList<Scenario> scenarios;
    for (int record = 1; record <= m_site.records().size(); ++record) {
        for (const auto ending : BothEndings) {
            for (const auto moment : BothMoments) {
                const bool hasTurn = (record % 2 == 0) == (ending == Ending::Resumed)
                                     && (record / 2 % 2 == 0) == (moment == Moment::AfterRecord);
                if (hasTurn || wantsAll())
                    scenarios.append({{{Kill::Program::Upgrade, moment, record}}, ending});
            }
        }
    }
    addRows(scenarios);
}

/// Killed, gone on with, and killed again.
void TestKillMatrix::twice_data()
{
    constexpr int Usual = 3;
    const int pairs = std::max(qEnvironmentVariableIntValue("BANISTER_KILL_PAIRS"), Usual);
    constexpr int Furthest = 12;
    QList<Scenario> scenarios;
    const auto last = int(m_site.records().size()) - 2;
    const auto moment = [](int which) {
        return which % 2 == 0 ? Moment::AfterRecord : Moment::BeforeRecord;
    };
    for (int pair = 0; pair < pairs; ++pair) {
        const int first = 2 + pair * (last - 2) / (pairs - 1);
        // What goes on writes a record that says so, and begins its step again.
        const int second = 1 + pair * 7 % std::min(last + 2 - first, Furthest);
        scenarios.append({{{Kill::Program::Upgrade, moment(pair), first},
                           {Kill::Program::Resume, moment(pair / 2), second}},
                          pair % 3 == 0 ? Ending::RolledBack : Ending::Resumed});
    }
    addRows(scenarios);
}

/// A record in the middle of the last migrations.
int TestKillMatrix::halfWay() const
{
    int last = 0;
    for (int record = 1; record <= m_site.records().size(); ++record) {
        if (m_site.records().at(record - 1)["step"] == "applyMigrations")
            last = record;
    }
    return last - 4;
}

/// Killed while it is rolled back.
void TestKillMatrix::rollback_data()
{
    QList<Scenario> scenarios;
    for (int record = 1; record <= m_site.rollbackRecords(); ++record) {
        for (const auto moment : BothMoments) {
            const bool hasTurn = (record % 2 == 0) == (moment == Moment::AfterRecord);
            if (hasTurn || wantsAll())
                scenarios.append(
                    {{{Kill::Program::Rollback, moment, record}}, Ending::RolledBack, HalfWay});
        }
    }
    addRows(scenarios);
}

/// Killed between two changes of one record: at one call of every second function that changes
/// something; of each, and at so many calls, with BANISTER_KILL_ALL=1 and BANISTER_KILL_CALLS=n.
void TestKillMatrix::everyCall_data()
{
    const int samples = std::max(qEnvironmentVariableIntValue("BANISTER_KILL_CALLS"), 1);
    QList<Scenario> scenarios;
    int rows = 0;
    int turn = 0;
    // They change nothing that the others do not.
    static const QStringList onlyFailing{"open", "open64", "openat", "openat64", "write", "linkat"};
    const auto add = [&](Kill::Program program, const auto &calls, const QString &from) {
        for (auto it = calls.begin(); it != calls.end(); ++it) {
            const bool hasTurn = turn++ % 2 == 0;
            if (!wantsAll() && (onlyFailing.contains(it.key()) || !hasTurn))
                continue;
            const int count = std::min(samples, it.value());
            for (int sample = 0; sample < count; ++sample) {
                const int number = 1 + (2 * sample + 1) * it.value() / (2 * count);
                const bool isRolledBack = program == Kill::Program::Rollback || ++rows % 2 == 0;
                scenarios.append({{{program, Moment::BeforeCall, number, it.key()}},
                                  isRolledBack ? Ending::RolledBack : Ending::Resumed,
                                  from});
            }
        }
    };
    add(Kill::Program::Upgrade, m_site.upgradeCalls(), Start);
    add(Kill::Program::Rollback, m_site.rollbackCalls(), HalfWay);
    addRows(scenarios);
}

/// A call fails with an error of the file system: the run stops, says why, and goes either way.
void TestKillMatrix::failingCall_data()
{
    static const QList<int> errors{
        ENOSPC, EDQUOT, EIO, EACCES, EROFS, EMFILE, ESTALE, EXDEV, EINTR};
    // Sockets fail in other ways; the database has tests of its own. A time that cannot be set is
    // passed over.
    static const QStringList notFiles{"send", "utimensat"};
    static const QStringList usual{"openat", "write", "linkat", "fsync", "renameat2", "mkdirat"};
    const int samples = wantsAll() ? 3 : 1;
    QList<Scenario> scenarios;
    int rows = 0;
    const auto add = [&](Kill::Program program, const auto &calls, const QString &from) {
        for (auto it = calls.begin(); it != calls.end(); ++it) {
            if (notFiles.contains(it.key()) || it.value() == 0
                || (!wantsAll() && !usual.contains(it.key())))
                continue;
            const int wanted = wantsAll() ? int(errors.size()) : 1;
            for (int sample = 0; sample < samples * wanted; ++sample) {
                const int error = errors.at(rows % errors.size());
                const int count = samples * wanted;
                const int number = 1 + (2 * sample + 1) * it.value() / (2 * count);
                const bool isRolledBack = program == Kill::Program::Rollback || ++rows % 2 == 0;
                scenarios.append({{{program, Moment::BeforeCall, number, it.key(), error}},
                                  isRolledBack ? Ending::RolledBack : Ending::Resumed,
                                  from});
                rows += program == Kill::Program::Rollback ? 1 : 0;
            }
        }
    };
    add(Kill::Program::Upgrade, m_site.upgradeCalls(), Start);
    add(Kill::Program::Rollback, m_site.rollbackCalls(), HalfWay);
    addRows(scenarios);
}

void TestKillMatrix::survive()
{
    QFETCH(const Scenario, scenario);
    const auto problem = problemOf(scenario);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

// Threads share some of the work, so the number of calls differs a little from run to run.
bool TestKillMatrix::mayEndBefore(const Kill &kill, const ProgramEnd &end) const
{
    const auto &calls =
        kill.program == Kill::Program::Rollback ? m_site.rollbackCalls() : m_site.upgradeCalls();
    const int usual = calls[kill.call];
    return kill.moment == Moment::BeforeCall && end.status == 0 && kill.number > usual / 2;
}

QString TestKillMatrix::problemOf(const Scenario &scenario) const
{
    if (auto problem = m_site.putBack(scenario.from); !problem.isEmpty())
        return problem;
    for (const auto &kill : scenario.kills) {
        const auto killed = m_site.kill(kill);
        if (kill.error != 0) {
            if (auto problem = problemOfFailure(killed); !problem.isEmpty())
                return problem;
            continue;
        }
        if (!killed.wasKilled && !mayEndBefore(kill, killed))
            return kill.name() + " was not killed: " + killed.told();
    }
    return scenario.ending == Ending::Resumed ? problemOfResuming(m_site)
                                              : problemOfRollingBack(m_site);
}

BANISTER_TEST_MAIN_IN_MEMORY(TestKillMatrix)
#include "tst_killmatrix.moc"
