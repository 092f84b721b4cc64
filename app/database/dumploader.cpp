// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/dumploader.h"

#include "database/databaseerror.h"
#include "database/restoretarget.h"
#include "database/staging.h"
#include "database/statementreader.h"

#include <QCoreApplication>

#include <algorithm>
#include <mysql.h>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr qint64 QueueBytes = 8'000'000;

QString text(const char *sentence)
{
    return QCoreApplication::translate("DumpLoader", sentence);
}

QString nameOf(const QString &table)
{
    return table.isEmpty() ? text("views, triggers, routines and the like")
                           : text("the table %1").arg(table);
}

bool isInsert(const QByteArray &statement)
{
    return statement.startsWith("INSERT ");
}

// Every file begins with settings so that it can be loaded by itself; our sessions have them.
bool isSetting(const QByteArray &statement)
{
    return statement.startsWith("SET ");
}

} // namespace

DumpLoader::DumpLoader(const DatabaseSettings &settings,
                       const DumpSelection &selection,
                       const RestoreOptions &options,
                       bool mayAlter,
                       const Staging *staging,
                       RestoreProgress &monitor)
    : m_settings(settings)
    , m_selection(selection)
    , m_manifest(selection.manifest())
    , m_options(options)
    , m_mayAlter(mayAlter)
    , m_staging(staging)
    , m_monitor(monitor)
    , m_queue(QueueBytes)
{}

QByteArray DumpLoader::placed(const QByteArray &statement, const QString &table) const
{
    return m_staging ? m_staging->staged(statement, table) : statement;
}

Error DumpLoader::failed(const LoadJob &job, qint64 number, const QByteArray &statement) const
{
    // Rows are the application's users' data: they do not belong into a log.
    constexpr qsizetype shown = 300;
    return {DatabaseError::LoadFailed,
            text("Loading stopped at statement %1 of the file %2, for %3.")
                .arg(QString::number(number), job.file, nameOf(job.table)),
            isInsert(statement) ? QString() : QString::fromUtf8(statement.left(shown)),
            {}};
}

qint64 DumpLoader::rowsOf(const QString &table) const
{
    const auto *known = m_manifest.table(table);
    return known ? known->rows : 0;
}

Result<>
DumpLoader::insert(Connection &connection, const QByteArray &statement, const QString &table)
{
    auto *const handle = connection.handle();
    if (::mysql_real_query(handle, statement.constData(), ulong(statement.size())) != 0)
        return connection.lastError(nameOf(table));
    const auto count = qint64(::mysql_affected_rows(handle));
    const std::scoped_lock lock(m_mutex);
    m_rows[table] += count;
    return Success;
}

Result<> DumpLoader::carryOut(Connection &connection, const LoadJob &job)
{
    auto number = job.number;
    for (const auto &statement : job.statements) {
        const auto done = withPatience(m_options.patience, m_monitor, [&] {
            return isInsert(statement) && !job.table.isEmpty()
                       ? insert(connection, statement, job.table)
                       : connection.execute(statement, nameOf(job.table));
        });
        if (!done)
            return because(failed(job, number, statement), done.failure());
        ++number;
    }
    if (job.addsKeys)
        m_monitor.reportKeys(rowsOf(job.table),
                             text("Building the indexes of %1").arg(nameOf(job.table)));
    return Success;
}

void DumpLoader::work()
{
    auto connection = openForLoading(m_settings, m_options.patience);
    if (!connection) {
        m_queue.fail(connection.failure());
        return;
    }
    while (const auto job = m_queue.take())
        m_queue.finish(*job, carryOut(*connection, *job));
}

void DumpLoader::reportProgress(const DumpPart &part, qint64 position)
{
    m_monitor.reportLoading(m_bytesBefore + position, text("Loading %1").arg(nameOf(part.table)));
}

Result<> DumpLoader::queueSchema(const DumpPart &part, QByteArrayList statements)
{
    const bool isOrdered = std::any_of(statements.begin(), statements.end(), [](const auto &one) {
        return one.startsWith("CREATE ")
               && (!one.contains("\n  PRIMARY KEY (") || !one.contains("\n) ENGINE=InnoDB"));
    });
    if (isOrdered)
        m_orderedTables.insert(part.table);
    ++m_report.tables;
    for (auto &statement : statements) {
        if (!m_mayAlter)
            break;
        auto keys = deferKeys(statement);
        if (keys.addKeys.isEmpty() && keys.addForeign.isEmpty())
            continue;
        statement = keys.create;
        m_unfinished.append({part.table, part.file, std::move(keys)});
    }
    for (auto &statement : statements)
        statement = placed(statement, part.table);
    return m_queue.add({std::move(statements), part.file, part.table, 1}, m_monitor);
}

// The hashes were right: what the writer counted and what we read must be the same.
Result<> DumpLoader::finishPart(const DumpPart &part, const StatementReader &reader)
{
    m_report.statements += reader.count();
    m_report.plainBytes += reader.plainPosition();
    m_bytesBefore += part.bytes;
    if (reader.count() == part.statements)
        return Success;
    return Error{
        DatabaseError::DumpDamaged,
        text("The dump's file %1 holds %2 statements instead of %3.")
            .arg(part.file, QString::number(reader.count()), QString::number(part.statements)),
        {},
        {}};
}

Result<> DumpLoader::readPart(const DumpPart &part)
{
    auto reader = StatementReader::open(m_manifest.folder + u'/' + part.file);
    if (!reader)
        return reader.failure();
    QByteArrayList schema;
    while (true) {
        auto statement = reader->next();
        if (!statement)
            return statement.failure();
        if (!*statement)
            break;
        reportProgress(part, reader->position());
        auto &sql = (*statement)->text;
        if (isSetting(sql))
            continue;
        if (part.kind == DumpPart::Kind::Schema) {
            schema.append(std::move(sql));
            continue;
        }
        LoadJob job{{}, part.file, part.table, reader->count()};
        job.statements.append(placed(sql, part.table));
        job.isOrdered = m_orderedTables.contains(part.table);
        if (auto added = m_queue.add(std::move(job), m_monitor); !added)
            return added;
    }
    if (auto finished = finishPart(part, reader.value()); !finished)
        return finished;
    return part.kind == DumpPart::Kind::Schema ? queueSchema(part, schema) : Result<>(Success);
}

// All tables before any rows: a row may be for a table whose rows others' keys point to.
Result<> DumpLoader::loadAll()
{
    for (const auto kind : {DumpPart::Kind::Schema, DumpPart::Kind::Rows}) {
        for (const auto &part : m_manifest.parts) {
            if (part.kind != kind)
                continue;
            if (auto read = readPart(part); !read)
                return read;
        }
        if (auto drained = m_queue.drain(m_monitor); !drained)
            return drained;
    }
    return addKeys();
}

// The large tables first: a small one at the end keeps nobody waiting.
Result<> DumpLoader::addKeys()
{
    std::stable_sort(
        m_unfinished.begin(), m_unfinished.end(), [this](const auto &left, const auto &right) {
            return rowsOf(left.table) > rowsOf(right.table);
        });
    qint64 rows = 0;
    for (const auto &one : std::as_const(m_unfinished))
        rows += one.keys.addKeys.isEmpty() ? 0 : rowsOf(one.table);
    m_monitor.beginKeys(rows, text("Building the indexes"));
    for (const auto &one : std::as_const(m_unfinished)) {
        if (one.keys.addKeys.isEmpty())
            continue;
        LoadJob job{{placed(one.keys.addKeys, one.table)}, one.file, one.table, 2};
        job.addsKeys = true;
        if (auto added = m_queue.add(std::move(job), m_monitor); !added)
            return added;
    }
    return m_queue.drain(m_monitor);
}

// They lock other tables too; one after the other takes no time, as rows are not looked at.
Result<> DumpLoader::addForeignKeys(Connection &connection)
{
    for (const auto &one : std::as_const(m_unfinished)) {
        if (one.keys.addForeign.isEmpty())
            continue;
        const LoadJob job{{one.keys.addForeign}, one.file, one.table, 2};
        if (auto done = carryOut(connection, job); !done)
            return done;
    }
    return Success;
}

Result<> DumpLoader::loadObjects(Connection &connection, DumpPart::Kind kind)
{
    for (const auto &part : m_manifest.parts) {
        if (part.kind != kind)
            continue;
        if (auto loaded = loadObjectsPart(connection, part); !loaded)
            return loaded;
    }
    return Success;
}

// Each object is made under the settings that it was made with.
Result<> DumpLoader::loadObjectsPart(Connection &connection, const DumpPart &part)
{
    auto reader = StatementReader::open(m_manifest.folder + u'/' + part.file);
    if (!reader)
        return reader.failure();
    while (true) {
        const auto statement = reader->next();
        if (!statement)
            return statement.failure();
        if (!*statement)
            break;
        reportProgress(part, reader->position());
        if (!m_selection.takes((*statement)->text))
            continue;
        const LoadJob job{{(*statement)->text}, part.file, {}, reader->count()};
        if (auto done = carryOut(connection, job); !done)
            return done;
    }
    return finishPart(part, *reader);
}

Result<> DumpLoader::compareRows() const
{
    for (const auto &table : m_manifest.tables) {
        const auto arrived = m_rows.value(table.name);
        if (arrived != table.rows)
            return Error{
                DatabaseError::LoadFailed,
                text("The table %1 has %2 rows instead of %3.")
                    .arg(table.name, QString::number(arrived), QString::number(table.rows)),
                {},
                {}};
    }
    return Success;
}

Result<> DumpLoader::loadTables(Connection &connection)
{
    if (auto loaded = loadObjects(connection, DumpPart::Kind::Sequences); !loaded)
        return loaded;
    {
        std::vector<std::jthread> workers;
        workers.reserve(size_t(m_options.connections));
        for (int worker = 0; worker < std::max(m_options.connections, 1); ++worker)
            workers.emplace_back([this] { work(); });
        const auto loaded = loadAll();
        if (!loaded)
            m_queue.fail(loaded.failure());
        m_queue.close();
        if (!loaded)
            return loaded.failure();
    }
    return compareRows();
}

Result<> DumpLoader::finish(Connection &connection)
{
    if (auto added = addForeignKeys(connection); !added)
        return added;
    // Triggers come after the rows, which they would change.
    if (auto loaded = loadObjects(connection, DumpPart::Kind::Objects); !loaded)
        return loaded;
    m_report.objects = int(m_manifest.objects.size());
    for (const auto &table : m_manifest.tables)
        m_report.rows += table.rows;
    m_monitor.reportEnd(text("The database is loaded"));
    return Success;
}

} // namespace Banister
