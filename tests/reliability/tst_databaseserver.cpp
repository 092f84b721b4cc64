// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "reliability/proxiedsite.h"

#include <QProcess>
#include <QTest>

using namespace Banister;

namespace {

using Harm = DatabaseFault::Harm;
using Program = Kill::Program;
using Trouble = ProxiedSite::Trouble;

/// BANISTER_SERVER_FAULTS: so many of each kind for each program.
int wanted()
{
    return std::max(qEnvironmentVariableIntValue("BANISTER_SERVER_FAULTS"), 1);
}

bool wantsAll()
{
    return wanted() > 1;
}

/// Goes on while nobody takes the lock, also where the tables are not there for a while.
constexpr auto Writing = R"(DELIMITER //
BEGIN NOT ATOMIC
    WHILE IS_FREE_LOCK('stop') DO
        BEGIN
            DECLARE EXIT HANDLER FOR SQLEXCEPTION ROLLBACK;
            START TRANSACTION;
            INSERT INTO ledger_a () VALUES ();
            INSERT INTO ledger_b () VALUES ();
            COMMIT;
        END;
        DO SLEEP(0.001);
    END WHILE;
END//
DELIMITER ;)";

} // namespace

/// What administrators and other users of a real server do to it while Banister works.
class TestDatabaseServer : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QCOMPARE(m_site.build(), QString()); }
    void cleanup();

    void isKilled_data() { addMoments(m_site.statements(Program::Rollback) / 2); }
    void isKilled();
    void becomesReadOnly_data() { addMoments(m_site.statements(Program::Rollback) / 2); }
    void becomesReadOnly();
    void takesTinyPackets_data() { addMoments(1); }
    void takesTinyPackets();
    void isReadOnlyFromTheBeginning();
    void tableIsInUse_data();
    void tableIsInUse();
    void othersWriteMeanwhile();

private:
    /// How far a session has come that writes to two tables at a time; the two are equal at any moment.
    QStringList written() const;
    /// Of the two programs; by default one of the rollback.
    void addMoments(int usual) const;
    void runInto(const std::function<void()> &happening, const std::function<void()> &undo);

    ProxiedSite m_site;
};

void TestDatabaseServer::cleanup()
{
    m_site.startServer();
    m_site.administer("SET GLOBAL read_only = 0, GLOBAL max_allowed_packet = 16777216");
}

void TestDatabaseServer::addMoments(int usual) const
{
    QTest::addColumn<Program>("program");
    QTest::addColumn<int>("statement");
    if (!wantsAll())
        QTest::addRow("rollback, at statement %d", usual) << Program::Rollback << usual;
    for (int i = 0; wantsAll() && i < wanted(); ++i) {
        for (const auto program : {Program::Upgrade, Program::Rollback}) {
            const int statement = 1 + (2 * i + 1) * m_site.statements(program) / (2 * wanted());
            const auto *name = program == Program::Upgrade ? "upgrade" : "rollback";
            QTest::addRow("%s, at statement %d", name, statement) << program << statement;
        }
    }
}

void TestDatabaseServer::runInto(const std::function<void()> &happening,
                                 const std::function<void()> &undo)
{
    QFETCH(const Program, program);
    QFETCH(const int, statement);
    const Trouble trouble{program,
                          {.harm = Harm::Act, .statement = statement, .action = happening},
                          statement % 2 == 0,
                          {},
                          undo};
    const auto problem = m_site.problemOf(trouble);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void TestDatabaseServer::isKilled()
{
    runInto([this] { m_site.killServer(); }, [this] { m_site.startServer(); });
}

void TestDatabaseServer::becomesReadOnly()
{
    runInto([this] { m_site.administer("SET GLOBAL read_only = 1"); },
            [this] { m_site.administer("SET GLOBAL read_only = 0"); });
}

// Sessions that are there already keep what they had.
void TestDatabaseServer::takesTinyPackets()
{
    runInto([this] { m_site.administer("SET GLOBAL max_allowed_packet = 1024"); },
            [this] { m_site.administer("SET GLOBAL max_allowed_packet = 16777216"); });
}

void TestDatabaseServer::isReadOnlyFromTheBeginning()
{
    m_site.administer("SET GLOBAL read_only = 1");
    QCOMPARE(m_site.site().putBack(ProxiedSite::Upgraded), QString());
    const auto before = m_site.site().dump();
    const auto rolledBack = m_site.site().rollBack();
    QVERIFY2(rolledBack.status == 1, qPrintable(rolledBack.told()));
    QVERIFY2(rolledBack.output.contains("DatabaseError.ServerReadOnly"),
             qPrintable(rolledBack.told()));
    QCOMPARE(m_site.site().dump(), before);
    m_site.administer("SET GLOBAL read_only = 0");
    QCOMPARE(problemOfRollingBack(m_site.site()), QString());
}

void TestDatabaseServer::tableIsInUse_data()
{
    QTest::addColumn<Program>("program");
    QTest::addColumn<QByteArray>("lock");
    QTest::addColumn<QByteArray>("until");
    QTest::addColumn<QByteArray>("told");
    const QByteArray read = "BEGIN; SELECT 1 FROM leads LIMIT 1";
    const QByteArray locked = "LOCK TABLES leads WRITE";
    const QByteArray aWhile = "DO SLEEP(4)";
    const QByteArray proof = "Equal to the restore point";
    QTest::newRow("rollback, somebody reads") << Program::Rollback << read << aWhile << proof;
    if (!wantsAll())
        return;
    QTest::newRow("rollback, locked") << Program::Rollback << locked << aWhile << proof;
    QTest::newRow("upgrade, locked")
        << Program::Upgrade << locked << aWhile << QByteArray("Mautic 3");
    QTest::newRow("upgrade, somebody reads")
        << Program::Upgrade << read << aWhile << QByteArray("Mautic 3");
    // Each waits for one or two minutes, and tells of the table.
    const QByteArray forEver;
    const QByteArray table = "leads";
    QTest::newRow("rollback, locked for ever") << Program::Rollback << locked << forEver << table;
    QTest::newRow("rollback, read for ever") << Program::Rollback << read << forEver << table;
    QTest::newRow("upgrade, locked for ever") << Program::Upgrade << locked << forEver << table;
}

void TestDatabaseServer::tableIsInUse()
{
    QFETCH(const Program, program);
    QFETCH(const QByteArray, lock);
    QFETCH(const QByteArray, until);
    QFETCH(const QByteArray, told);
    ProxiedSite::Session session;
    const auto problem = m_site.problemOf({.program = program,
                                           .fault = {},
                                           .isResumed = !until.isEmpty(),
                                           .before = [&] { session = m_site.session(lock, until); },
                                           .undo = [&] { session.reset(); },
                                           .told = told});
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

QStringList TestDatabaseServer::written() const
{
    return m_site.site().fixture().sql("SELECT COALESCE(MAX(number), 0) FROM ledger_a UNION ALL "
                                       "SELECT COALESCE(MAX(number), 0) FROM ledger_b");
}

// What a restore point has is what was there at one moment, and that is what comes back.
void TestDatabaseServer::othersWriteMeanwhile()
{
    QCOMPARE(m_site.site().putBack(), QString());
    m_site.administer("USE mautic; CREATE TABLE ledger_a (number INT PRIMARY KEY AUTO_INCREMENT); "
                      "CREATE TABLE ledger_b LIKE ledger_a");
    const auto writer = m_site.session("DO 0", Writing);
    auto run = m_site.site().upgrade();
    QVERIFY2(run.status == 0, qPrintable(run.told()));
    const auto upgraded = written();
    // It may find rows that came after its own look.
    run = m_site.site().rollBack();
    QVERIFY2(problemOfFailure(run).isEmpty(), qPrintable(run.told()));
    const auto stop = m_site.session("DO GET_LOCK('stop', 0)");
    QVERIFY(writer->waitForFinished());
    QVERIFY2(writer->exitCode() == 0, writer->readAll().constData());
    if (run.status != 0)
        run = m_site.site().rollBack();
    QVERIFY2(run.status == 0, qPrintable(run.told()));
    const auto now = written();
    QCOMPARE(now.value(0), now.value(1));
    QVERIFY(now.value(0).toInt() > 1 && now.value(0).toInt() < upgraded.value(0).toInt());
}

BANISTER_TEST_MAIN_IN_MEMORY(TestDatabaseServer)
#include "tst_databaseserver.moc"
