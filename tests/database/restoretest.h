// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/databaseerror.h"
#include "database/dump.h"
#include "database/restore.h"
#include "dumptest.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

#define VERIFY_FAILS(result, expected)                                                             \
    do {                                                                                           \
        QVERIFY((result).isError());                                                               \
        QVERIFY2((result).error().has(expected), qPrintable(everything((result).error())));        \
    } while (false)

namespace Banister {

// Some of everything; the rows of "many" take some twenty statements.
inline constexpr auto Application = R"(
CREATE TABLE many (id INT PRIMARY KEY, a CHAR(32), t VARCHAR(400), UNIQUE KEY (a));
INSERT INTO many SELECT seq, MD5(seq), REPEAT(MD5(seq), 10) FROM seq_1_to_24000;
CREATE TABLE more (id INT, t VARCHAR(400)) ENGINE=MyISAM;
INSERT INTO more SELECT seq % 1000, REPEAT(MD5(seq), 10) FROM seq_1_to_8000;
CREATE TABLE parent (id INT PRIMARY KEY);
INSERT INTO parent VALUES (1), (2);
CREATE TABLE child (id INT PRIMARY KEY, p INT, FOREIGN KEY (p) REFERENCES parent (id));
INSERT INTO child VALUES (1, 1), (2, 2);
CREATE VIEW v AS SELECT id FROM many;
CREATE TRIGGER t BEFORE INSERT ON child FOR EACH ROW SET NEW.p = 1;
CREATE PROCEDURE p() SELECT 1;
CREATE FUNCTION f() RETURNS INT DETERMINISTIC RETURN 1;
CREATE EVENT e ON SCHEDULE EVERY 1 DAY DISABLE DO SELECT 1;
)";

inline QString everything(const Error &error)
{
    return factsOf(error) + '\n' + error.details + '\n' + error.root().details;
}

/// A database with a dump of it, for the tests of a class to load again and again.
class RestoreTest
{
protected:
    void prepare()
    {
        m_server = std::make_unique<TestServer>();
        m_database = newDatabase(*m_server);
        m_folder = dump(*m_server, m_database);
        m_before = m_server->mariadbDump(m_database);
    }
    static QString newDatabase(TestServer &server, const QByteArray &sql = Application)
    {
        auto database = server.createDatabase();
        server.runSql(sql, database);
        return database;
    }
    /// Into a folder of its own.
    QString dump(TestServer &server, const QString &database, const QString &prefix = {})
    {
        DumpOptions options;
        options.folder = m_temporary.filePath(QString("dump%1").arg(++m_dumps));
        options.tablePrefix = prefix;
        SilentMonitor monitor;
        const auto dumped = dumpDatabase(settingsFor(server, database), options, monitor);
        if (!dumped)
            qFatal("%s", qPrintable(everything(dumped.error())));
        return options.folder;
    }

    QTemporaryDir m_temporary;
    std::unique_ptr<TestServer> m_server;
    QString m_database; ///< for tests that leave it as it was
    QString m_folder;   ///< its dump
    QByteArray m_before;

private:
    int m_dumps = 0;
};

} // namespace Banister
