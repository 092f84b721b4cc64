// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "reliability/proxiedsite.h"
#include "reliability/randomedits.h"
#include "reliability/shard.h"

#include <QTest>

#include <array>
#include <cerrno>

using namespace Banister;

namespace {

using Harm = DatabaseFault::Harm;
using Program = Kill::Program;

} // namespace

/// Whatever a site has, whatever is done to it after its upgrade, and wherever upgrade or rollback
/// break: a rollback gives back the start. BANISTER_SEEDS: how many sites; BANISTER_SEED: only this.
class TestProperty : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void rollbackEqualsTheStart_data();
    void rollbackEqualsTheStart();

private:
    QString problemOf(quint32 seed);
    QString makeStart();
    ProgramEnd runIntoFailure(Program program);
    Kill anyKill(Program program);

    ProxiedSite m_site;
    QRandomGenerator m_random;
    QString m_story; ///< what was done, for the message of a failure
};

void TestProperty::initTestCase()
{
    QCOMPARE(m_site.build(), QString());
    QCOMPARE(m_site.site().putBack(), QString());
    QCOMPARE(m_site.site().keep("base"), QString());
}

void TestProperty::rollbackEqualsTheStart_data()
{
    QTest::addColumn<quint32>("seed");
    constexpr int Usual = 2;
    const int count = std::max(qEnvironmentVariableIntValue("BANISTER_SEEDS"), Usual);
    const auto only = qEnvironmentVariable("BANISTER_SEED");
    for (int i = 1; i <= count && only.isEmpty(); ++i) {
        if (isInShard(i))
            QTest::addRow("seed %d", i) << quint32(i);
    }
    if (!only.isEmpty())
        QTest::addRow("seed %s", qPrintable(only)) << only.toUInt();
}

void TestProperty::rollbackEqualsTheStart()
{
    QFETCH(const quint32, seed);
    const auto problem = problemOf(seed);
    QVERIFY2(problem.isEmpty(),
             qPrintable(QString("BANISTER_SEED=%1: %2\n%3").arg(seed).arg(m_story, problem)));
}

QString TestProperty::makeStart()
{
    constexpr int MostFiles = 12;
    constexpr int MostRows = 6;
    constexpr int MostTables = 3;
    if (auto problem = m_site.site().putBack("base"); !problem.isEmpty())
        return problem;
    RandomEdits edits(m_site.site().fixture(), m_random);
    if (auto problem = edits.editFiles(m_random.bounded(MostFiles)); !problem.isEmpty())
        return problem;
    if (auto problem = edits.editRows(m_random.bounded(MostRows)); !problem.isEmpty())
        return problem;
    if (auto problem = edits.addTables(m_random.bounded(MostTables)); !problem.isEmpty())
        return problem;
    return m_site.changeStart();
}

Kill TestProperty::anyKill(Program program)
{
    const bool isUpgrade = program == Program::Upgrade;
    const auto &site = m_site.site();
    const int records = isUpgrade ? int(site.records().size()) : site.rollbackRecords();
    Kill kill{program, Kill::Moment::AfterRecord, m_random.bounded(1, records + 1)};
    switch (m_random.bounded(4)) {
    case 0:
        break;
    case 1:
        kill.moment = Kill::Moment::BeforeRecord;
        break;
    default: {
        static const std::array<const char *, 5> calls{
            "renameat2", "unlinkat", "mkdirat", "write", "openat"};
        const auto &counts = isUpgrade ? site.upgradeCalls() : site.rollbackCalls();
        kill.moment = Kill::Moment::BeforeCall;
        kill.call = calls.at(size_t(m_random.bounded(int(calls.size()))));
        kill.number = m_random.bounded(1, std::max(counts[kill.call], 1) + 1);
        // A full disk.
        kill.error = m_random.bounded(2) == 0 ? ENOSPC : 0;
    }
    }
    return kill;
}

ProgramEnd TestProperty::runIntoFailure(Program program)
{
    if (m_random.bounded(3) > 0) {
        const auto kill = anyKill(program);
        m_story += kill.name() + "; ";
        return m_site.site().kill(kill);
    }
    static const std::array<Harm, 3> harms{Harm::CutBefore, Harm::CutAfter, Harm::CutAll};
    DatabaseFault fault{harms.at(size_t(m_random.bounded(int(harms.size()))))};
    fault.statement = m_random.bounded(1, m_site.statements(program) + 1);
    m_story += QString("%1, database cut at statement %2; ")
                   .arg(program == Program::Upgrade ? "upgrade" : "rollback")
                   .arg(fault.statement);
    m_site.proxy().arm(fault);
    const auto end =
        program == Program::Upgrade ? m_site.site().upgrade() : m_site.site().rollBack();
    m_site.proxy().arm();
    return end;
}

QString TestProperty::problemOf(quint32 seed)
{
    constexpr int MostEdits = 8;
    m_random.seed(seed);
    m_story.clear();
    if (auto problem = makeStart(); !problem.isEmpty())
        return problem;
    auto end =
        m_random.bounded(2) == 0 ? m_site.site().upgrade() : runIntoFailure(Program::Upgrade);
    // Between two versions, what somebody edits stays.
    if (end.status == 0) {
        m_story += "edited after; ";
        RandomEdits edits(m_site.site().fixture(), m_random);
        if (auto problem = edits.editFiles(m_random.bounded(MostEdits)); !problem.isEmpty())
            return problem;
        if (auto problem = edits.editRows(m_random.bounded(MostEdits)); !problem.isEmpty())
            return problem;
    } else if (!end.wasKilled) {
        if (auto problem = problemOfFailure(end); !problem.isEmpty())
            return problem;
    }
    if (m_random.bounded(2) == 0) {
        end = runIntoFailure(Program::Rollback);
        if (!end.wasKilled) {
            if (auto problem = problemOfFailure(end); !problem.isEmpty())
                return problem;
        }
    }
    return problemOfRollingBack(m_site.site());
}

BANISTER_TEST_MAIN_IN_MEMORY(TestProperty)
#include "tst_property.moc"
