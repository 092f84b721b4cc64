// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/deferredkeys.h"
#include "support/testserver.h"

#include <QTest>

#include <memory>

using namespace Banister;

// A real server prints the definitions, and has to print the same ones in the end.
class tst_deferredkeys : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_server = std::make_unique<TestServer>(); }
    void makesTheSameTable_data();
    void makesTheSameTable();

private:
    std::unique_ptr<TestServer> m_server;
};

void tst_deferredkeys::makesTheSameTable_data()
{
    QTest::addColumn<QByteArray>("columns"); // what stands behind CREATE TABLE t
    QTest::addColumn<bool>("isDivided");
    const auto row = [](const char *name, const char *columns, bool isDivided) {
        QTest::newRow(name) << QByteArray(columns) << isDivided;
    };
    row("no keys", "(a INT)", false);
    row("primary and unique keys only", "(a INT PRIMARY KEY, b INT, UNIQUE KEY (b))", false);
    row("keys of all sorts",
        "(a INT AUTO_INCREMENT PRIMARY KEY, b VARCHAR(300), c INT NOT NULL, d INT AS (c + 1) "
        "VIRTUAL,"
        " e INT, KEY z (b(20)), KEY y (c DESC, e) COMMENT 'x,\\'`', UNIQUE KEY n (e),"
        " UNIQUE KEY m (c), KEY d (d) USING BTREE, CHECK (c <> 3), CONSTRAINT named CHECK (e > c))"
        " COMMENT='KEY `x` (`y`)'",
        true);
    row("foreign keys",
        "(a INT PRIMARY KEY, b INT, c INT, d INT, KEY own (c), CONSTRAINT z FOREIGN KEY (b) "
        "REFERENCES "
        "parent (id) ON DELETE CASCADE, CONSTRAINT `a``b` FOREIGN KEY (c) REFERENCES parent (id),"
        " FOREIGN KEY (d) REFERENCES t (a) ON UPDATE SET NULL)",
        true);
    row("foreign key on the primary key",
        "(a INT PRIMARY KEY, FOREIGN KEY (a) REFERENCES parent (id))",
        true);
    row("odd names", "(`a, ``KEY` INT, `FOREIGN KEY (` INT, KEY `k``, (` (`a, ``KEY`))", true);
    row("name with a line break", "(`a\n  KEY `` (` INT, KEY k (`a\n  KEY `` (`))", false);
    row("comment with a line break", "(a INT COMMENT '\\n  KEY `k` (`a`),\\n', KEY k (a))", true);
    row("counts up without a primary key",
        "(a INT AUTO_INCREMENT, b INT, KEY (a), KEY (b))",
        false);
    row("counts up in another key", "(a INT AUTO_INCREMENT, b INT PRIMARY KEY, KEY (a))", false);
    row("full text", "(a TEXT, b INT, FULLTEXT KEY (a), KEY (b))", false);
    row("places", "(a POINT NOT NULL, b INT, SPATIAL KEY (a), KEY (b))", false);
    row("another engine", "(a INT, KEY (a)) ENGINE=MyISAM", false);
    row("history", "(a INT, KEY (a)) WITH SYSTEM VERSIONING", false);
    row("periods", "(a INT, b DATE, c DATE, PERIOD FOR p (b, c), KEY (a))", false);
    row("partitions", "(a INT, KEY (a)) PARTITION BY HASH (a) PARTITIONS 2", false);
}

void tst_deferredkeys::makesTheSameTable()
{
    QFETCH(const QByteArray, columns);
    const auto database = m_server->createDatabase();
    m_server->runSql("CREATE TABLE parent (id INT PRIMARY KEY); CREATE TABLE t " + columns,
                     database);
    const auto definition = m_server->runSql("SHOW CREATE TABLE t", database).first().at(1);
    const auto keys = deferKeys(definition);
    const bool isDivided = !keys.addKeys.isEmpty() || !keys.addForeign.isEmpty();
    QTEST(isDivided, "isDivided");
    if (!isDivided) {
        QCOMPARE(keys.create, definition);
        return;
    }
    QVERIFY2(!keys.create.contains("\n  KEY ") && !keys.create.contains(" FOREIGN KEY "),
             keys.create.constData());
    auto statements = "SET foreign_key_checks=0; DROP TABLE t; " + keys.create;
    for (const auto &alter : {keys.addKeys, keys.addForeign})
        statements += alter.isEmpty() ? "" : "; " + alter;
    m_server->runSql(statements, database);
    QCOMPARE(m_server->runSql("SHOW CREATE TABLE t", database).first().at(1), definition);
}

QTEST_GUILESS_MAIN(tst_deferredkeys)
#include "tst_deferredkeys.moc"
