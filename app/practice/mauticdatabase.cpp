// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/mauticdatabase.h"

#include "practice/practiceerror.h"
#include "practice/practicefile.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr qint64 chunkRows = 50'000;
constexpr auto firstOutstanding = "20181129"_L1;

QString tr(const char *text)
{
    return QCoreApplication::translate("MauticDatabase", text);
}

/// How often each large table's row is made; the shares of a real site, roughly.
std::map<QString, qint64> counts(qint64 rows)
{
    const auto share = [rows](qint64 percent) {
        return std::max<qint64>(rows * percent / 100, 20);
    };
    return {{u"leads"_s, share(15)},
            {u"events"_s, share(10)},
            {u"members"_s, share(5)},
            {u"hits"_s, share(25)},
            {u"stats"_s, share(25)},
            {u"audits"_s, share(20)},
            {u"companies"_s, share(2)}};
}

class Filler
{
public:
    Filler(const QSqlDatabase &database, QString prefix, Monitor &monitor)
        : m_query(database)
        , m_prefix(std::move(prefix))
        , m_monitor(monitor)
    {}

    Result<> runScript(const QString &name)
    {
        const auto text = QString::fromUtf8(practiceResource(u"mautic/"_s + name));
        const auto statements = text.split(u"\n\n"_s, Qt::SkipEmptyParts);
        for (const auto &statement : statements) {
            auto result = run(statement.trimmed());
            if (!result)
                return result;
        }
        return Success;
    }

    /// A statement that takes its rows from a sequence up to {name} is run in chunks.
    Result<> runBulk(qint64 rows)
    {
        static const QRegularExpression sequence(u"seq_1_to_\\{(\\w+)\\}"_s);
        const auto numbers = counts(rows);
        qint64 done = 0;
        const auto text = QString::fromUtf8(practiceResource(u"mautic/bulk.sql"_s));
        const auto statements = text.split(u"\n\n"_s, Qt::SkipEmptyParts);
        for (auto statement : statements) {
            const auto match = sequence.match(statement);
            const auto total = match.hasMatch() ? numbers.at(match.captured(1)) : 0;
            for (const auto &[name, number] : numbers) {
                statement.replace(QRegularExpression(u"(?<!seq_1_to_)\\{%1\\}"_s.arg(name)),
                                  QString::number(number));
            }
            for (qint64 first = 1; first <= total; first += chunkRows) {
                const auto last = std::min(total, first + chunkRows - 1);
                auto chunk = statement;
                chunk.replace(sequence, u"seq_%1_to_%2"_s.arg(first).arg(last));
                if (auto result = run(chunk.trimmed()); !result)
                    return result;
                done += last - first + 1;
                m_monitor.report({done, 0, tr("Filling the database")});
            }
        }
        return Success;
    }

    Result<> run(const QString &template_)
    {
        if (m_monitor.isCancelRequested())
            return Cancelled{};
        auto statement = template_;
        statement.replace("{prefix}"_L1, m_prefix);
        const auto lines = statement.split(u'\n');
        if (std::all_of(lines.begin(), lines.end(), [](const QString &line) {
                return line.startsWith("--"_L1);
            }))
            return Success;
        if (m_query.exec(statement))
            return Success;
        return Error{PracticeError::DatabaseNotFilled,
                     tr("The practice database refused a statement: %1")
                         .arg(m_query.lastError().databaseText()),
                     statement.startsWith("GRANT"_L1) ? QString() : statement.left(2000),
                     {}};
    }

private:
    QSqlQuery m_query;
    QString m_prefix;
    Monitor &m_monitor;
};

Result<> recordVersions(Filler &filler)
{
    QStringList values;
    const auto versions = QString::fromUtf8(practiceResource(u"mautic/versions-2.16.5.txt"_s))
                              .split(u'\n', Qt::SkipEmptyParts);
    for (const auto &version : versions) {
        if (version < firstOutstanding)
            values.append(u"('%1')"_s.arg(version));
    }
    return filler.run(u"INSERT INTO `{prefix}migrations` (version) VALUES "_s + values.join(u','));
}

Result<> fill(const QSqlDatabase &database, const QString &prefix, qint64 rows, Monitor &monitor)
{
    Filler filler(database, prefix, monitor);
    auto result = filler.run(u"SET NAMES utf8mb4, foreign_key_checks = 0, unique_checks = 0"_s);
    for (const auto &script : {u"common/vendor/practice/mautic/schema.sql"_s, u"seed.sql"_s}) {
        if (result)
            result = filler.runScript(script);
    }
    if (result)
        result = filler.runBulk(rows);
    if (result)
        result = filler.runScript(u"awkward.sql"_s);
    if (result && !prefix.isEmpty())
        result = filler.runScript(u"neighbour.sql"_s);
    if (result)
        result = recordVersions(filler);
    return result;
}

/// Runs work on a connection that is gone afterwards.
template<typename Work>
Result<> withConnection(const PracticeDatabase &database, Work work)
{
    const auto connection = QUuid::createUuid().toString();
    auto result = [&]() -> Result<> {
        auto driver = QSqlDatabase::addDatabase(u"QMYSQL"_s, connection);
        driver.setDatabaseName(database.name);
        driver.setUserName(database.user);
        driver.setPassword(database.password);
        if (database.port > 0) {
            driver.setHostName(database.host);
            driver.setPort(database.port);
        } else {
            driver.setConnectOptions(u"UNIX_SOCKET="_s + database.socket);
        }
        if (driver.open())
            return work(driver);
        return Error{
            PracticeError::DatabaseNotFilled,
            tr("The practice database does not answer: %1").arg(driver.lastError().databaseText()),
            {},
            {}};
    }();
    QSqlDatabase::removeDatabase(connection);
    return result;
}

} // namespace

Result<> createPracticeDatabase(const PracticeDatabase &database,
                                const QString &serverUser,
                                const QString &serverPassword)
{
    PracticeDatabase server;
    server.name.clear();
    server.socket = database.socket;
    server.user = serverUser;
    server.password = serverPassword;
    return withConnection(server, [&](const QSqlDatabase &connection) -> Result<> {
        SilentMonitor monitor;
        Filler filler(connection, {}, monitor);
        auto result = filler.run(
            u"CREATE DATABASE `%1` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci"_s.arg(
                database.name));
        for (const auto &host : {u"127.0.0.1"_s, u"localhost"_s}) {
            if (result)
                result = filler.run(u"GRANT ALL ON `%1`.* TO '%2'@'%3' IDENTIFIED BY '%4'"_s.arg(
                    database.name, database.user, host, database.password));
        }
        return result;
    });
}

Result<> fillMauticDatabase(const PracticeDatabase &database,
                            const QString &prefix,
                            qint64 rows,
                            Monitor &monitor)
{
    return withConnection(database, [&](const QSqlDatabase &connection) {
        return fill(connection, prefix, rows, monitor);
    });
}

} // namespace Banister
