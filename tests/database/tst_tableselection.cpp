// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/comparedatabase.h"
#include "database/dumpselection.h"
#include "database/selectioncheck.h"
#include "restoretest.h"

#include <QTest>

using namespace Banister;

namespace {

QString nameOf(SelectionFinding::Kind kind)
{
    using Kind = SelectionFinding::Kind;
    switch (kind) {
    case Kind::NotInDump:
        return "NotInDump";
    case Kind::MissingParent:
        return "MissingParent";
    case Kind::KeyTypes:
        return "KeyTypes";
    case Kind::OrphanRows:
        return "OrphanRows";
    case Kind::ForeignKey:
        return "ForeignKey";
    case Kind::Columns:
        return "Columns";
    case Kind::RelatedColumns:
        return "RelatedColumns";
    case Kind::Object:
        return "Object";
    case Kind::Trigger:
        return "Trigger";
    }
    return {};
}

/// "OrphanRows! parent child 2": blocking ones with a mark.
QString summary(const SelectionFinding &finding)
{
    const bool isBlocking = finding.severity() == SelectionFinding::Severity::Blocking;
    auto text = nameOf(finding.kind) + (isBlocking ? "! " : " ") + finding.table;
    if (!finding.otherTable.isEmpty())
        text += ' ' + finding.otherTable;
    return finding.rows == 0 ? text : text + ' ' + QString::number(finding.rows);
}

} // namespace

class tst_tableselection : public QObject, private RestoreTest
{
    Q_OBJECT

private slots:
    void initTestCase() { m_server = std::make_unique<TestServer>(); }
    void bringsBackOnlyWhatWasChosen();
    void bringsBackTablesThatOthersReferTo();
    void makesSequencesThatAreMissing();
    void refusesTablesThatTheDumpDoesNotHave();
    void tellsWhoseATriggerIs_data();
    void tellsWhoseATriggerIs();
    void tellsWhatSpeaksAgainst_data();
    void tellsWhatSpeaksAgainst();

private:
    Result<RestoreReport>
    restore(const QString &database, const QString &folder, const QStringList &tables)
    {
        RestoreOptions options;
        options.tables = tables;
        SilentMonitor monitor;
        return restoreDump(settingsFor(*m_server, database), folder, options, monitor);
    }
    /// As mariadb-dump writes it, without these.
    QByteArray dumpWithout(const QString &database, const QStringList &tables)
    {
        QStringList arguments{"--skip-routines"};
        for (const auto &table : tables)
            arguments.append("--ignore-table=" + database + '.' + table);
        return m_server->mariadbDump(database, arguments);
    }
};

void tst_tableselection::bringsBackOnlyWhatWasChosen()
{
    const auto database = newDatabase(*m_server,
                                      R"(
CREATE TABLE parent (id INT PRIMARY KEY); INSERT INTO parent VALUES (1), (2);
CREATE TABLE child (id INT PRIMARY KEY, p INT, a TEXT, KEY (a(9)), FOREIGN KEY (p) REFERENCES parent (id));
INSERT INTO child VALUES (1, 1, 'x'), (2, 2, 'y');
CREATE TABLE other (id INT PRIMARY KEY); INSERT INTO other VALUES (1);
CREATE VIEW v AS SELECT id FROM child;
CREATE TRIGGER t BEFORE INSERT ON child FOR EACH ROW SET NEW.p = 1;
CREATE TRIGGER o BEFORE INSERT ON other FOR EACH ROW SET @a = 1;
CREATE PROCEDURE p() SELECT 1;)");
    const auto folder = dump(*m_server, database);
    const QStringList others{"parent", "other", "added", "v", "w"};
    const auto before = dumpWithout(database, others);
    m_server->runSql(R"(
INSERT INTO parent VALUES (3); INSERT INTO child VALUES (3, 3, 'z'); ALTER TABLE child DROP a, ADD b INT;
INSERT INTO other VALUES (2); DROP TRIGGER t; DROP TRIGGER o; DROP PROCEDURE p;
CREATE TRIGGER came BEFORE UPDATE ON child FOR EACH ROW SET NEW.b = 2;
CREATE TABLE added (id INT); CREATE VIEW w AS SELECT 1; CREATE OR REPLACE VIEW v AS SELECT 2 AS id;)",
                     database);
    const auto othersBefore = dumpWithout(database, {"child"});
    const auto report = restore(database, folder, {"child"});
    VERIFY_OK(report);
    QCOMPARE(report->tables, 1);
    QCOMPARE(report->rows, 2);
    QCOMPARE(report->objects, 1);
    QCOMPARE(dumpWithout(database, others), before);
    QCOMPARE(dumpWithout(database, {"child"}), othersBefore);

    const auto manifest = readDumpManifest(folder);
    VERIFY_OK(manifest);
    SilentMonitor monitor;
    const auto settings = settingsFor(*m_server, database);
    const auto same = compareWithManifest(settings, *manifest, monitor, {"child"});
    VERIFY_OK(same);
    QVERIFY(same->isEmpty());
    m_server->runSql("DROP TRIGGER t; UPDATE child SET p = 2", database);
    const auto differences = compareWithManifest(settings, *manifest, monitor, {"child"});
    VERIFY_OK(differences);
    QStringList names;
    for (const auto &difference : *differences)
        names.append(difference.table);
    QCOMPARE(names, QStringList({"trigger t", "child"}));
}

// The key that others' rows stand on comes after the rows.
void tst_tableselection::bringsBackTablesThatOthersReferTo()
{
    const auto database = newDatabase(
        *m_server,
        "CREATE TABLE parent (id INT PRIMARY KEY, k INT, KEY (k)); INSERT INTO parent VALUES (1, "
        "5); "
        "CREATE TABLE child (id INT PRIMARY KEY, FOREIGN KEY (id) REFERENCES parent (k)); "
        "INSERT INTO child VALUES (5)");
    const auto folder = dump(*m_server, database);
    const auto before = m_server->mariadbDump(database);
    m_server->runSql("INSERT INTO parent VALUES (2, 6)", database);
    VERIFY_OK(restore(database, folder, {"parent"}));
    QCOMPARE(m_server->mariadbDump(database), before);
    QVERIFY(m_server->trySql("INSERT INTO child VALUES (6)", database).contains("foreign key"));
    QVERIFY(m_server->trySql("DELETE FROM parent", database).contains("foreign key"));
}

void tst_tableselection::makesSequencesThatAreMissing()
{
    const auto database =
        newDatabase(*m_server,
                    "CREATE SEQUENCE s NOCACHE; CREATE SEQUENCE unused; CREATE TABLE t (id INT "
                    "DEFAULT (NEXTVAL(s)) PRIMARY KEY); INSERT INTO t VALUES (), (), ()");
    const auto folder = dump(*m_server, database);
    m_server->runSql("INSERT INTO t VALUES (), ()", database);
    VERIFY_OK(restore(database, folder, {"t"}));
    m_server->runSql("INSERT INTO t VALUES ()", database);
    QCOMPARE(m_server->value("SELECT GROUP_CONCAT(id) FROM t", database), "1,2,3,6");

    m_server->runSql("DROP TABLE t; DROP SEQUENCE s; DROP SEQUENCE unused", database);
    VERIFY_OK(restore(database, folder, {"t"}));
    m_server->runSql("INSERT INTO t VALUES ()", database);
    QCOMPARE(m_server->value("SELECT GROUP_CONCAT(id) FROM t", database), "1,2,3,4");
    QVERIFY(!m_server->trySql("SELECT NEXTVAL(unused)", database).isEmpty());
}

void tst_tableselection::refusesTablesThatTheDumpDoesNotHave()
{
    const auto database = newDatabase(*m_server, "CREATE TABLE t (id INT)");
    const auto folder = dump(*m_server, database);
    m_server->runSql("CREATE TABLE came (id INT); INSERT INTO t VALUES (1)", database);
    const auto before = m_server->mariadbDump(database);
    const auto refused = restore(database, folder, {"t", "came"});
    VERIFY_FAILS(refused, DatabaseError::NotInDump);
    QVERIFY(refused.error().fact.contains("came"));
    QCOMPARE(m_server->mariadbDump(database), before);
}

void tst_tableselection::tellsWhoseATriggerIs_data()
{
    QTest::addColumn<QByteArray>("definition");
    QTest::addColumn<QString>("table");
    const auto row = [](const char *definition, const char *table) {
        QTest::newRow(definition) << QByteArray(definition) << QString(table);
    };
    row("CREATE TRIGGER a BEFORE INSERT ON b FOR EACH ROW SET @on = 1", "b");
    row("CREATE DEFINER=`x y`@`%` TRIGGER `a ON c` AFTER DELETE ON `d``b`.`t``a` FOR EACH ROW",
        "t`a");
    row("CREATE DEFINER=`TRIGGER `@`h` trigger if not exists d.a\nbefore\tupdate\non\n`b`\nfor",
        "b");
    row("CREATE OR REPLACE DEFINER=u@h TRIGGER ü AFTER INSERT OR UPDATE ON é FOR EACH ROW", "é");
    row("CREATE PROCEDURE `TRIGGER`() SELECT ' TRIGGER a BEFORE INSERT ON b '", "");
    row("CREATE DEFINER=`a`@`b` FUNCTION f() RETURNS INT RETURN 1", "");
}

void tst_tableselection::tellsWhoseATriggerIs()
{
    QFETCH(const QByteArray, definition);
    QTEST(triggerTable(definition), "table");
}

void tst_tableselection::tellsWhatSpeaksAgainst_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("change");
    QTest::addColumn<QString>("tables"); // with commas
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name,
                        const QByteArray &before,
                        const char *change,
                        const char *tables,
                        const char *expected) {
        QTest::newRow(name) << before << QByteArray(change) << QString(tables) << QString(expected);
    };
    const QByteArray family =
        "CREATE TABLE p (id INT PRIMARY KEY, a INT); INSERT INTO p VALUES (1, 1), (2, 2), (3, 3); "
        "CREATE TABLE c (id INT PRIMARY KEY, p INT, FOREIGN KEY (p) REFERENCES p (id)); "
        "INSERT INTO c VALUES (1, 1), (2, 2), (3, NULL); CREATE TABLE lonely (id INT)";
    row("nothing", family, "INSERT INTO lonely VALUES (1)", "lonely", "");
    row("all of a family",
        family,
        "INSERT INTO p VALUES (4, 4); INSERT INTO c VALUES (4, 4)",
        "p,c",
        "");
    row("all", family, "DROP TABLE c", "", "");
    row("parent, rows fit",
        family,
        "INSERT INTO c VALUES (4, 1), (5, NULL)",
        "p",
        "ForeignKey p c");
    row("parent of new rows",
        family,
        "INSERT INTO p VALUES (4, 4), (5, 5); INSERT INTO c VALUES (4, 4), (5, 5), (6, 1)",
        "p",
        "OrphanRows! p c 2");
    row("child, rows fit",
        family,
        "INSERT INTO p VALUES (4, 4); DELETE FROM c",
        "c",
        "ForeignKey c p");
    row("child of removed rows",
        family,
        "DELETE FROM c; DELETE FROM p WHERE id = 1",
        "c",
        "OrphanRows! c p 1");
    row("parent of a new table",
        family,
        "INSERT INTO p VALUES (4, 4); CREATE TABLE n (p INT, FOREIGN KEY (p) REFERENCES p (id)); "
        "INSERT INTO n VALUES (4)",
        "p",
        "OrphanRows! p n 1\nForeignKey p c");
    row("child of a table that is gone",
        family,
        "SET foreign_key_checks = 0; DROP TABLE p",
        "c",
        "MissingParent! c p");
    row("other types",
        family,
        "SET foreign_key_checks = 0; ALTER TABLE c DROP FOREIGN KEY c_ibfk_1; ALTER TABLE p MODIFY "
        "id BIGINT; ALTER TABLE c MODIFY p BIGINT, ADD FOREIGN KEY (p) REFERENCES p (id)",
        "p",
        "KeyTypes! p c");
    row("a key that is gone", family, "ALTER TABLE c DROP FOREIGN KEY c_ibfk_1", "p", "");
    row("texts that the collation does not tell apart",
        "CREATE TABLE p (k VARCHAR(9) COLLATE utf8mb4_general_ci PRIMARY KEY) CHARSET utf8mb4; "
        "INSERT INTO p VALUES ('Ära'), ('b'); CREATE TABLE c (p VARCHAR(9) COLLATE "
        "utf8mb4_general_ci, FOREIGN KEY (p) REFERENCES p (k)) CHARSET utf8mb4",
        "INSERT INTO p VALUES ('new'); INSERT INTO c VALUES ('ara'), ('B '), ('NEW')",
        "p",
        "OrphanRows! p c 1");
    row("two columns",
        "CREATE TABLE p (a INT, b VARCHAR(9), PRIMARY KEY (a, b)); INSERT INTO p VALUES (1, "
        "'x,1'); "
        "CREATE TABLE c (a INT, b VARCHAR(9), FOREIGN KEY (a, b) REFERENCES p (a, b))",
        "INSERT INTO p VALUES (2, 'x'); INSERT INTO c VALUES (1, 'x,1'), (2, 'x'), (9, NULL)",
        "p",
        "OrphanRows! p c 1");
    row("columns, and what uses them",
        "CREATE TABLE p (id INT PRIMARY KEY); CREATE TABLE c (id INT, FOREIGN KEY (id) REFERENCES "
        "p (id)); CREATE TABLE o (id INT)",
        "ALTER TABLE p ADD came INT; ALTER TABLE c ADD more INT; ALTER TABLE o ADD other INT; "
        "CREATE VIEW v AS SELECT came FROM p; CREATE VIEW w AS SELECT id FROM p; CREATE TRIGGER t "
        "AFTER INSERT ON c FOR EACH ROW UPDATE p SET came = 1; CREATE TRIGGER own BEFORE INSERT ON "
        "p FOR EACH ROW SET NEW.came = 1",
        "p",
        "ForeignKey p c\nRelatedColumns c p\nColumns p\nObject p view v\nObject p trigger t\n"
        "Trigger p trigger own");
    row("not in the dump", family, "CREATE TABLE came (id INT)", "came", "NotInDump! came");
}

void tst_tableselection::tellsWhatSpeaksAgainst()
{
    QFETCH(const QByteArray, before);
    QFETCH(const QByteArray, change);
    QFETCH(const QString, tables);
    const auto database = newDatabase(*m_server, before);
    const auto folder = dump(*m_server, database);
    m_server->runSql(change, database);
    const auto manifest = readDumpManifest(folder);
    VERIFY_OK(manifest);
    SilentMonitor monitor;
    const auto chosen = tables.split(',', Qt::SkipEmptyParts);
    const auto findings =
        checkSelection(settingsFor(*m_server, database), *manifest, chosen, monitor);
    VERIFY_OK(findings);
    QStringList lines;
    for (const auto &finding : *findings) {
        lines.append(summary(finding));
        QVERIFY(finding.text.contains(finding.table));
        QVERIFY(finding.text.contains(finding.otherTable));
    }
    QTEST(lines.join('\n'), "expected");
    // What does not block can be done.
    const bool isBlocked = std::any_of(findings->begin(), findings->end(), [](const auto &finding) {
        return finding.severity() == SelectionFinding::Severity::Blocking;
    });
    if (!isBlocked)
        VERIFY_OK(restore(database, folder, chosen));
}

QTEST_GUILESS_MAIN(tst_tableselection)
#include "tst_tableselection.moc"
