// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "reliability/proxiedsite.h"
#include "reliability/shard.h"

#include <QTest>

using namespace Banister;

namespace {

using Harm = DatabaseFault::Harm;
using Program = Kill::Program;
using Trouble = ProxiedSite::Trouble;

QByteArray nameOf(const Trouble &trouble)
{
    static const QMap<Harm, QByteArray> harms{{Harm::CutBefore, "connection cut before"},
                                              {Harm::CutAfter, "connection cut after"},
                                              {Harm::CutAll, "all connections cut at"},
                                              {Harm::Answer, "error "}};
    const auto &fault = trouble.fault;
    return (trouble.program == Program::Upgrade ? "upgrade, " : "rollback, ") + harms[fault.harm]
           + (fault.error == 0 ? QByteArray() : QByteArray::number(fault.error) + " at")
           + " statement " + QByteArray::number(fault.statement)
           + (trouble.isResumed ? ", resumed" : ", rolled back");
}

/// Of the errors: a deadlock, a lock wait timeout, a read-only server, a full table, a packet that is
/// too large.
const QList<DatabaseFault> Faults{{.harm = Harm::CutBefore},
                                  {.harm = Harm::Answer, .error = 1213},
                                  {.harm = Harm::CutAfter},
                                  {.harm = Harm::Answer, .error = 1205},
                                  {.harm = Harm::CutAll},
                                  {.harm = Harm::Answer, .error = 1290},
                                  {.harm = Harm::Answer, .error = 1114},
                                  {.harm = Harm::Answer, .error = 1153}};

} // namespace

Q_DECLARE_METATYPE(Trouble)

/// Upgrades and rollbacks whose database server, or the way to it, fails at some statement of
/// Banister's or of the site's own console. BANISTER_FAULTS: so many for each of the two.
class TestDatabaseFaults : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QCOMPARE(m_site.build(), QString()); }

    void anyStatement_data();
    void anyStatement();

private:
    ProxiedSite m_site;
};

void TestDatabaseFaults::anyStatement_data()
{
    QTest::addColumn<Trouble>("trouble");
    constexpr int Usual = 3;
    const int wanted = std::max(qEnvironmentVariableIntValue("BANISTER_FAULTS"), Usual);
    for (const auto program : {Program::Upgrade, Program::Rollback}) {
        for (int i = 0; i < wanted; ++i) {
            Trouble trouble{program, Faults[i % Faults.size()], i / 2 % 2 == 0};
            trouble.fault.statement = 1 + (2 * i + 1) * m_site.statements(program) / (2 * wanted);
            if (isInShard(i))
                QTest::newRow(nameOf(trouble).constData()) << trouble;
        }
    }
}

void TestDatabaseFaults::anyStatement()
{
    QFETCH(const Trouble, trouble);
    const auto problem = m_site.problemOf(trouble);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

BANISTER_TEST_MAIN_IN_MEMORY(TestDatabaseFaults)
#include "tst_databasefaults.moc"
