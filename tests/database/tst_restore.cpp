// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restoretest.h"
#include "support/smallfilesystem.h"
#include "support/testmonitor.h"

#include <QRegularExpression>
#include <QStorageInfo>
#include <QTest>

#include <atomic>
#include <functional>
#include <mysql.h>
#include <thread>
#include <utility>

using namespace Banister;

namespace {

/// Does something once, on the thread that restores, when so much of the loading is done.
class Disturber : public SilentMonitor
{
public:
    Disturber(double share, std::function<void()> act)
        : m_share(share)
        , m_act(std::move(act))
    {}
    void report(const Progress &progress) override
    {
        if (m_act && progress.text.startsWith("Loading")
            && double(progress.done) >= m_share * double(progress.total))
            std::exchange(m_act, nullptr)();
    }
    bool hasActed() const { return !m_act; }

private:
    double m_share;
    std::function<void()> m_act;
};

} // namespace

class tst_restore : public QObject, private RestoreTest
{
    Q_OBJECT

private slots:
    void initTestCase() { prepare(); }
    void isRepeatableAfterTheServerWasKilled_data();
    void isRepeatableAfterTheServerWasKilled();
    void namesTheTableWhenTheConnectionIsKilled();
    void canBeCancelled();
    void noticesDamageWhileLoading();
    void leavesOtherApplicationsAlone();
    void keepsReferencesOfOtherDatabases();
    void waitsForLocks();
    void needsADiskWithRoom();
    void isNeverWithoutTables();
    void loadsElsewhere();
    void reportsProgressThatNeverGoesBack();
    void loadsEachRowOnce();
};

void tst_restore::isRepeatableAfterTheServerWasKilled_data()
{
    QTest::addColumn<double>("share");
    QTest::addColumn<DatabaseError>("code");
    QTest::newRow("at the start") << 0.0 << DatabaseError::NotReplaced;
    QTest::newRow("half-way") << 0.5 << DatabaseError::NotReplaced;
    QTest::newRow("near the end") << 0.9 << DatabaseError::RestoreFailed;
}

void tst_restore::isRepeatableAfterTheServerWasKilled()
{
    QFETCH(const double, share);
    QFETCH(const DatabaseError, code);
    TestServer mortal;
    const auto database = newDatabase(mortal);
    const auto before = mortal.mariadbDump(database);
    const auto folder = dump(mortal, database);
    mortal.runSql("INSERT INTO parent VALUES (3)", database);
    Disturber killer(share, [&] { mortal.server().kill(); });
    const auto settings = settingsFor(mortal, database);
    const auto broken = restoreDump(settings, folder, {}, killer);
    QVERIFY(killer.hasActed());
    QVERIFY(broken.isError());
    QCOMPARE(broken.error().code, ErrorCode(code));
    QVERIFY2(broken.error().has(DatabaseError::ConnectionLost)
                 || broken.error().has(DatabaseError::Unreachable),
             qPrintable(everything(broken.error())));
    mortal.restart();
    if (code == DatabaseError::NotReplaced)
        QCOMPARE(mortal.value("SELECT COUNT(*) FROM parent", database), "3");
    SilentMonitor monitor;
    VERIFY_OK(restoreDump(settings, folder, {}, monitor));
    QCOMPARE(mortal.mariadbDump(database), before);
}

void tst_restore::namesTheTableWhenTheConnectionIsKilled()
{
    const auto settings = settingsFor(*m_server, m_database);
    // One kill may come between two statements of a connection that has no more to do.
    std::jthread killer([&](const std::stop_token &stop) {
        while (!stop.stop_requested()) {
            const auto found =
                m_server->runSql("SELECT ID FROM information_schema.PROCESSLIST WHERE INFO LIKE "
                                 "'INSERT INTO `banister_new_2`%'");
            for (const auto &row : found)
                m_server->trySql("KILL CONNECTION " + row.first());
        }
    });
    SilentMonitor monitor;
    const auto broken = restoreDump(settings, m_folder, {}, monitor);
    killer.request_stop();
    killer.join();
    VERIFY_FAILS(broken, DatabaseError::ConnectionLost);
    QCOMPARE(broken.error().code, ErrorCode(DatabaseError::NotReplaced));
    QCOMPARE(m_server->mariadbDump(m_database), m_before);
    const auto facts = factsOf(broken.error());
    QVERIFY2(facts.contains("table many"), qPrintable(facts));
    QVERIFY2(facts.contains("many.0000.sql.zst"), qPrintable(facts));
    QVERIFY2(facts.contains(QRegularExpression("statement \\d+")), qPrintable(facts));
    QVERIFY2(!everything(broken.error()).contains("c4ca4238a0b9"), "rows in an error");
    VERIFY_OK(restoreDump(settings, m_folder, {}, monitor));
    QCOMPARE(m_server->mariadbDump(m_database), m_before);
}

void tst_restore::canBeCancelled()
{
    const auto settings = settingsFor(*m_server, m_database);
    for (const int questions : {0, 5, 30, 60}) {
        TestMonitor impatient(questions);
        const auto cancelled = restoreDump(settings, m_folder, {}, impatient);
        QVERIFY(cancelled.isCancelled());
        QCOMPARE(m_server->mariadbDump(m_database), m_before);
    }
    SilentMonitor monitor;
    VERIFY_OK(restoreDump(settings, m_folder, {}, monitor));
    QCOMPARE(m_server->mariadbDump(m_database), m_before);
}

void tst_restore::noticesDamageWhileLoading()
{
    RestoreOptions options;
    options.isVerified = true; // it was, and then the disk failed
    SilentMonitor monitor;
    for (const auto damage : {Damage::FlippedBit, Damage::CutShort}) {
        const auto folder = dump(*m_server, m_database);
        damagePart(folder, "20-*many*", damage);
        const auto restored =
            restoreDump(settingsFor(*m_server, m_database), folder, options, monitor);
        VERIFY_FAILS(restored, DatabaseError::DumpDamaged);
        QVERIFY2(restored.error().code == ErrorCode(DatabaseError::NotReplaced),
                 qPrintable(everything(restored.error())));
        QCOMPARE(m_server->mariadbDump(m_database), m_before);
        QVERIFY2(restored.error().root().fact.contains("many"),
                 qPrintable(everything(restored.error())));
        VERIFY_OK(restoreDump(settingsFor(*m_server, m_database), m_folder, {}, monitor));
    }
    QCOMPARE(m_server->mariadbDump(m_database), m_before);
}

void tst_restore::leavesOtherApplicationsAlone()
{
    // In LIKE an underscore is any letter; capitals are other letters.
    const auto database = newDatabase(*m_server,
                                      R"(
        CREATE TABLE app_one (id INT PRIMARY KEY); INSERT INTO app_one VALUES (1);
        CREATE VIEW app_view AS SELECT * FROM app_one;
        CREATE PROCEDURE app_procedure() SELECT 1;
        CREATE TABLE appX (id INT); INSERT INTO appX VALUES (7);
        CREATE TABLE App_one (id INT); INSERT INTO App_one VALUES (8);
        CREATE TABLE other (id INT, one INT, FOREIGN KEY (one) REFERENCES app_one (id));
        INSERT INTO other VALUES (9, 1);
        CREATE VIEW appview AS SELECT * FROM appX;
        CREATE PROCEDURE xapp_procedure() SELECT 2;
        CREATE FUNCTION other_function() RETURNS INT DETERMINISTIC RETURN 1;
        CREATE EVENT other_event ON SCHEDULE EVERY 1 DAY DISABLE DO SELECT 1;
        CREATE SEQUENCE other_sequence;
        CREATE TRIGGER other_trigger BEFORE INSERT ON appX FOR EACH ROW SET @a = 1;)");
    const auto before = m_server->mariadbDump(database);
    const auto folder = dump(*m_server, database, "app_");
    m_server->runSql(
        "CREATE TABLE app_added (id INT); CREATE VIEW app_added_view AS SELECT 1; "
        "UPDATE other SET one = NULL; DELETE FROM app_one; CREATE EVENT app_added_event "
        "ON SCHEDULE EVERY 1 DAY DISABLE DO SELECT 1; DROP PROCEDURE app_procedure; "
        "UPDATE other SET id = 10",
        database);
    SilentMonitor monitor;
    VERIFY_OK(restoreDump(settingsFor(*m_server, database), folder, {}, monitor));
    // What the other application did since is its own.
    QCOMPARE(m_server->value("SELECT CONCAT(id, COALESCE(one, 'NULL')) FROM other", database),
             "10NULL");
    m_server->runSql("UPDATE other SET id = 9, one = 1", database);
    QCOMPARE(m_server->mariadbDump(database), before);
}

void tst_restore::keepsReferencesOfOtherDatabases()
{
    const auto database = newDatabase(*m_server);
    const auto folder = dump(*m_server, database);
    const auto other =
        newDatabase(*m_server,
                    "CREATE TABLE child (p INT, FOREIGN KEY (p) REFERENCES `" + database.toUtf8()
                        + "`.parent (id)); INSERT INTO child "
                          "VALUES (1)");
    SilentMonitor monitor;
    VERIFY_OK(restoreDump(settingsFor(*m_server, database), folder, {}, monitor));
    const auto refused = m_server->trySql("INSERT INTO child VALUES (77)", other);
    QVERIFY2(refused.contains("foreign key constraint fails"), qPrintable(refused));
    m_server->runSql("INSERT INTO child VALUES (2)", other);
}

void tst_restore::waitsForLocks()
{
    const auto database =
        newDatabase(*m_server, "CREATE TABLE t (id INT); INSERT INTO t VALUES (1)");
    const auto folder = dump(*m_server, database);
    const auto settings = settingsFor(*m_server, database);
    auto holder = openForLoading(settings, {});
    VERIFY_OK(holder);
    VERIFY_OK(holder->execute("BEGIN"));
    VERIFY_OK(holder->rows("SELECT * FROM t"));
    RestoreOptions options;
    options.patience = {std::chrono::seconds(1), 2};
    SilentMonitor monitor;
    const auto blocked = restoreDump(settings, folder, options, monitor);
    VERIFY_FAILS(blocked, DatabaseError::LockWait);
    QVERIFY2(factsOf(blocked.error()).contains("t"), qPrintable(factsOf(blocked.error())));
    QCOMPARE(m_server->value("SELECT COUNT(*) FROM t", database), "1");

    // The other one lets go while we wait.
    options.patience.tries = 30;
    std::jthread release([this, &holder](const std::stop_token &stop) {
        while (!stop.stop_requested()
               && m_server->value(
                      "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE STATE LIKE "
                      "'Waiting for table metadata lock'")
                      == "0") {
        }
        m_server->runSql("KILL "
                         + QByteArray::number(qulonglong(::mysql_thread_id(holder->handle()))));
    });
    VERIFY_OK(restoreDump(settings, folder, options, monitor));
    QCOMPARE(m_server->value("SELECT COUNT(*) FROM t", database), "1");
}

void tst_restore::needsADiskWithRoom()
{
    constexpr qint64 mebibyte = 1024LL * 1024;
    SmallFileSystem disk(1000 * mebibyte);
    TestServer server({"--innodb-log-file-size=8M"}, disk.path("server"));
    const auto database = newDatabase(server);
    server.runSql(
        "INSERT INTO many SELECT seq, MD5(seq), REPEAT(MD5(seq), 10) FROM seq_24001_to_60000; "
        "INSERT INTO more SELECT seq % 1000, REPEAT(MD5(seq), 10) FROM seq_8001_to_20000",
        database);
    const auto before = server.mariadbDump(database);
    const auto folder = dump(server, database);
    const auto leave = [&disk](qint64 bytes) {
        const auto used = QStorageInfo(disk.path());
        disk.resize(used.bytesTotal() - used.bytesAvailable() + bytes);
    };
    const auto settings = settingsFor(server, database);
    SilentMonitor monitor;
    // Room for one of the large tables beside the present ones, not for both.
    leave(24 * mebibyte);
    TestMonitor fallingBack;
    VERIFY_OK(restoreDump(settings, folder, {}, fallingBack));
    QVERIFY2(fallingBack.lines().join('\n').contains("no room for both"),
             qPrintable(fallingBack.lines().join('\n')));
    QCOMPARE(server.mariadbDump(database), before);

    server.runSql("DROP TABLE many", database);
    leave(6 * mebibyte);
    const auto restored = restoreDump(settings, folder, {}, monitor);
    VERIFY_FAILS(restored, DatabaseError::ServerDiskFull);
    QVERIFY2(factsOf(restored.error()).contains("table many"),
             qPrintable(factsOf(restored.error())));
    disk.resize(1000 * mebibyte);
    VERIFY_OK(restoreDump(settings, folder, {}, monitor));
    QCOMPARE(server.mariadbDump(database), before);
}

void tst_restore::isNeverWithoutTables()
{
    m_server->runSql("INSERT INTO parent VALUES (3)", m_database);
    std::atomic_int visits = 0;
    QString problem;
    std::jthread visiting([&](const std::stop_token &stop) {
        auto visitor = Connection::open(settingsFor(*m_server, m_database));
        while (!stop.stop_requested() && problem.isEmpty()) {
            const auto rows =
                visitor->rows("SELECT (SELECT COUNT(*) FROM many), (SELECT COUNT(*) FROM "
                              "more), (SELECT COUNT(*) FROM parent)");
            if (!rows)
                problem = everything(rows.error());
            else if (rows->at(0).at(0) != 24'000 || rows->at(0).at(1) != 8'000)
                problem = "half a table";
            ++visits;
        }
    });
    SilentMonitor monitor;
    const auto restored = restoreDump(settingsFor(*m_server, m_database), m_folder, {}, monitor);
    visiting.request_stop();
    visiting.join();
    VERIFY_OK(restored);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    QVERIFY(visits > 10);
    QCOMPARE(m_server->mariadbDump(m_database), m_before);
}

void tst_restore::loadsElsewhere()
{
    const auto other = m_server->createDatabase("CHARACTER SET latin1");
    SilentMonitor monitor;
    RestoreOptions options;
    options.connections = 4;
    const auto restored = restoreDump(settingsFor(*m_server, other), m_folder, options, monitor);
    VERIFY_OK(restored);
    QCOMPARE(restored->tables, 4);
    QCOMPARE(restored->rows, 32'004);
    QCOMPARE(restored->objects, 5);
    QCOMPARE(m_server->mariadbDump(other).replace(other.toUtf8(), m_database.toUtf8()), m_before);

    const auto empty = m_server->createDatabase();
    const auto nothing = dump(*m_server, empty);
    VERIFY_OK(restoreDump(settingsFor(*m_server, other), nothing, {}, monitor));
    QCOMPARE(m_server->value("SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = "
                             "DATABASE()",
                             other),
             "0");

    auto settings = settingsFor(*m_server, "no_such_database");
    const auto unknown = restoreDump(settings, m_folder, {}, monitor);
    QVERIFY(unknown.isError());
    QCOMPARE(unknown.error().code, ErrorCode(DatabaseError::UnknownDatabase));
}

void tst_restore::reportsProgressThatNeverGoesBack()
{
    class Recorder : public SilentMonitor
    {
    public:
        void report(const Progress &progress) override
        {
            if (progress.done < m_last.done || progress.done > progress.total
                || (m_last.total != 0 && progress.total != m_last.total) || progress.text.isEmpty())
                m_odd.append(QString("%1 of %2, %3, after %4 of %5, %6")
                                 .arg(progress.done)
                                 .arg(progress.total)
                                 .arg(progress.text)
                                 .arg(m_last.done)
                                 .arg(m_last.total)
                                 .arg(m_last.text));
            m_last = progress;
        }
        Progress m_last;
        QStringList m_odd;
    } recorder;
    VERIFY_OK(restoreDump(settingsFor(*m_server, m_database), m_folder, {}, recorder));
    QVERIFY2(recorder.m_odd.isEmpty(), qPrintable(recorder.m_odd.join("\n")));
    QVERIFY(recorder.m_last.done > 40'000);
    QCOMPARE(recorder.m_last.done, recorder.m_last.total);
}

// A statement that is done twice or not at all shows in the number of rows.
void tst_restore::loadsEachRowOnce()
{
    const auto folder = dump(*m_server, m_database);
    auto manifest = readDumpManifest(folder);
    VERIFY_OK(manifest);
    ++manifest->tables[0].rows;
    VERIFY_OK(writeDumpManifest(*manifest));
    RestoreOptions options;
    options.isVerified = true; // where it would show as well
    SilentMonitor monitor;
    const auto restored = restoreDump(settingsFor(*m_server, m_database), folder, options, monitor);
    VERIFY_FAILS(restored, DatabaseError::NotReplaced);
    QVERIFY2(factsOf(restored.error()).contains("rows instead of"),
             qPrintable(everything(restored.error())));
    VERIFY_OK(restoreDump(settingsFor(*m_server, m_database), m_folder, {}, monitor));
}

BANISTER_TEST_MAIN_WITH_MOUNTS(tst_restore)
#include "tst_restore.moc"