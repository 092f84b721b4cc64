// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/accountrights.h"
#include "database/connection.h"
#include "database/databaseerror.h"
#include "database/schema.h"
#include "database/serverfacts.h"
#include "products/mautic/checks.h"
#include "steps/functioncheck.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("MauticChecks", sentence);
}

Finding driver(const MauticFacts &facts, Monitor & /*monitor*/)
{
    const auto database = facts.configuration.database();
    if (database.isSupported())
        return passed(text("The database driver is %1.").arg(database.driver));
    return blocked(text("The database driver is %1; Mautic 3 knows pdo_mysql and mysqli only.")
                       .arg(database.driver),
                   text("Move the data to MySQL or MariaDB first."));
}

Finding reachable(const MauticFacts &facts, Monitor & /*monitor*/)
{
    const auto connection = Connection::open(facts.database);
    if (!connection)
        return notFoundOut(connection.failure());
    return passed(text("The database %1 is reachable.").arg(facts.database.name));
}

/// What the migrations take besides what loading the restore point does.
QStringList neededRights(const QList<SchemaObject> &objects)
{
    auto rights = rightsToLoad(objects, true); // Mautic's tables have keys to each other
    rights.append({u"ALTER"_s, u"INDEX"_s, u"UPDATE"_s, u"DELETE"_s});
    return rights;
}

/// Whether the account can read everything for the restore point, and make it again.
Finding rights(const MauticFacts &facts, Monitor & /*monitor*/)
{
    auto connection = Connection::open(facts.database);
    if (!connection)
        return notFoundOut(connection.failure());
    const auto objects = readSchemaObjects(*connection, facts.tablePrefix);
    if (!objects)
        return notFoundOut(objects.failure());
    const auto account = AccountRights::read(*connection);
    if (!account)
        return notFoundOut(account.failure());
    if (const auto missing = account->missing(neededRights(*objects)); !missing.isEmpty()) {
        auto finding = blocked(
            text("The database user %1 lacks rights that the migrations or a rollback need: %2.")
                .arg(account->account(), missing.join(u", "_s)),
            text("Grant the user these rights on the database %1.").arg(facts.database.name));
        finding.items = missing;
        return finding;
    }
    QStringList lacking;
    for (const auto &unseen : account->unseen())
        lacking.append(u"%1: %2"_s.arg(unseen.right, unseen.kind));
    if (!lacking.isEmpty()) {
        return warned(
            text("The database user %1 lacks rights to see everything; what it does not see "
                 "is not in the restore point.")
                .arg(account->account()),
            text("Grant the user these rights on the database %1.").arg(facts.database.name),
            lacking);
    }
    if (const auto others = account->notRestorable(*objects); !others.isEmpty()) {
        return warned(
            text("Another account than %1 made some views, triggers or routines; this one "
                 "can back them up but not bring them back.")
                .arg(account->account()),
            text("Grant the user the right SET USER (MySQL: SET_USER_ID), or have an "
                 "administrator's account at hand for a rollback."),
            others);
    }
    return passed(
        text("The database user %1 may read and restore everything.").arg(account->account()));
}

Finding serverVersion(const MauticFacts &facts, Monitor & /*monitor*/)
{
    auto connection = Connection::open(facts.database);
    if (!connection)
        return notFoundOut(connection.failure());
    const auto server = ServerFacts::read(*connection);
    if (!server)
        return notFoundOut(server.failure());
    // Mautic 3.0's requirements; the two products count differently.
    const auto needed = server->product == ServerFacts::Product::MariaDb ? QVersionNumber(10, 2)
                                                                         : QVersionNumber(5, 7, 14);
    if (server->version >= needed)
        return passed(u"%1 %2"_s.arg(server->productName(), server->version.toString()));
    return blocked(text("The server is %1 %2; Mautic 3 needs %3 or later.")
                       .arg(server->productName(), server->version.toString(), needed.toString()),
                   text("Update the database server first."));
}

/// Tables that keep former rows (MariaDB's system versioning): a dump has the present ones.
Finding tableHistory(const MauticFacts &facts, Monitor & /*monitor*/)
{
    auto connection = Connection::open(facts.database);
    if (!connection)
        return notFoundOut(connection.failure());
    const auto rows = connection->rows(
        u"SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND "
        "TABLE_TYPE = 'SYSTEM VERSIONED'"_s
        + hasPrefix(u"TABLE_NAME"_s, facts.tablePrefix) + u" ORDER BY TABLE_NAME"_s);
    if (!rows)
        return notFoundOut(rows.failure());
    QStringList names;
    for (const auto &row : *rows)
        names.append(row.constFirst().toString());
    if (names.isEmpty())
        return passed(text("No table keeps a history of its rows."));
    return warned(
        QCoreApplication::translate("MauticChecks",
                                    "%n table(s) keep a history of their rows (system versioning); "
                                    "a rollback brings back the present rows only.",
                                    nullptr,
                                    int(names.size())),
        text("Keep a backup of the history by other means, where it is needed."),
        names);
}

Finding contacts(const MauticFacts &facts, Monitor & /*monitor*/)
{
    auto connection = Connection::open(facts.database);
    if (!connection)
        return notFoundOut(connection.failure());
    const auto table = facts.tablePrefix + u"leads"_s;
    const auto count = connection->scalar(u"SELECT COUNT(*) FROM %1"_s.arg(quoteName(table)));
    if (!count) {
        return warned(
            text("The contacts cannot be counted: the table %1 is not readable.").arg(table),
            text("Check the table prefix in the configuration."));
    }
    const auto rows = count->toLongLong();
    const auto fact = text("%1 contacts").arg(QLocale().toString(rows));
    constexpr qint64 Many = 10'000;
    if (rows < Many)
        return passed(fact + u'.');
    // 3.0's migrations rewrite tables that grow with the contacts; measured some 50,000 rows a second.
    constexpr qint64 RowsPerMinute = 3'000'000;
    const auto minutes = int(rows / RowsPerMinute + 1);
    return warned(
        QCoreApplication::translate(
            "MauticChecks", "%1: the migrations take about %n minute(s).", nullptr, minutes)
            .arg(fact),
        text("Choose a time when nobody works with the site, and stop its cron jobs."));
}

} // namespace

void addDatabaseChecks(const std::shared_ptr<const MauticFacts> &facts, Checks &checks)
{
    addCheck(checks, facts, u"databaseDriver"_s, text("Database driver"), &driver);
    addCheck(checks, facts, u"databaseReachable"_s, text("Database connection"), &reachable);
    addCheck(checks, facts, u"databaseRights"_s, text("Rights for backup and restore"), &rights);
    addCheck(checks, facts, u"databaseVersion"_s, text("Database version"), &serverVersion);
    addCheck(checks, facts, u"tableHistory"_s, text("History of rows"), &tableHistory);
    addCheck(checks, facts, u"contacts"_s, text("Contacts"), &contacts);
}

} // namespace Banister
