// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/dump.h"

#include "database/accountrights.h"
#include "database/databaseerror.h"
#include "database/dumpfiles.h"
#include "database/rowchecksum.h"
#include "database/serverfacts.h"
#include "database/tablework.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>

#include <algorithm>
#include <mutex>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("DatabaseDump", sentence);
}

/// The work of one dump; rows() is called from several threads.
class Dump
{
public:
    Dump(const DatabaseSettings &settings, const DumpOptions &options, Monitor &monitor)
        : m_settings(settings)
        , m_options(options)
        , m_monitor(monitor)
        , m_files(options.folder, options.compression)
    {}

    Result<DumpManifest> run();

private:
    Result<> readSource();
    Result<> definitions();
    Result<> rows(Connection &connection,
                  const SchemaTable &table,
                  const RowChunk &chunk,
                  const Monitor &monitor);

    const DatabaseSettings &m_settings;
    const DumpOptions &m_options;
    Monitor &m_monitor;
    DumpFiles m_files;
    Schema m_schema;
    qint64 m_largestStatement = 0;
    DumpManifest m_manifest;
    std::mutex m_mutex; ///< guards what follows
    QHash<qsizetype, RowChecksum> m_checksums;
    Progress m_progress;
};

Result<> Dump::readSource()
{
    auto connection = Connection::open(m_settings);
    if (!connection)
        return connection.failure();
    const auto facts = ServerFacts::read(*connection);
    if (!facts)
        return facts.failure();
    // Room for the statement's beginning and for what the protocol adds.
    constexpr qint64 Margin = 64LL * 1024;
    m_largestStatement = std::max<qint64>(facts->maxAllowedPacket - Margin, Margin);
    m_manifest.serverVersion = facts->versionText;
    auto schema = readSchema(*connection, m_options.tablePrefix);
    if (!schema)
        return schema.failure();
    m_schema = std::move(schema).value();
    const auto rights = AccountRights::read(*connection);
    if (!rights)
        return rights.failure();
    for (const auto &unseen : rights->unseen()) {
        m_monitor.log(
            u"The database user %1 lacks the right %2: if there are any %3 that it cannot "
            "see, they are not in the dump."_s.arg(rights->account(), unseen.right, unseen.kind));
    }
    m_progress.total = m_schema.rowsEstimate();
    return Success;
}

Result<> Dump::definitions()
{
    for (qsizetype index = 0; index < m_schema.tables.size(); ++index) {
        const auto &table = m_schema.tables.at(index);
        if (auto written = m_files.definition(index, table.name, table.definition); !written)
            return written;
    }
    return Success;
}

Result<> Dump::rows(Connection &connection,
                    const SchemaTable &table,
                    const RowChunk &chunk,
                    const Monitor &monitor)
{
    const auto part = m_files.rowsPart(chunk.table, table.name, chunk.number);
    const auto insert = insertHead(table.name, table);
    RowChecksum checksum;
    constexpr qint64 RowsBetweenReports = 4096;
    const auto reportRows = [&](qint64 count) {
        const std::lock_guard guard(m_mutex);
        m_progress.done += count;
        m_progress.total = std::max(m_progress.total, m_progress.done);
        m_progress.text = text("Dumping %1").arg(table.name);
        m_monitor.report(m_progress);
    };
    const auto written = m_files.write(part, [&](PartWriter &writer) {
        return streamRows(
            connection,
            table,
            chunk,
            [&](QByteArrayView tuple) -> Result<> {
                if (tuple.size() + insert.size() > m_largestStatement) {
                    return Error{
                        DatabaseError::PacketTooLarge,
                        text("A row of the table %1 takes %2 as a statement, more than the "
                             "server's max_allowed_packet.")
                            .arg(table.name, QLocale().formattedDataSize(tuple.size())),
                        {},
                        {}};
                }
                checksum.add(tuple);
                if (checksum.rows() % RowsBetweenReports == 0)
                    reportRows(RowsBetweenReports);
                return writer.row(tuple, insert, m_largestStatement);
            },
            monitor);
    });
    if (!written)
        return written.failure();
    reportRows(checksum.rows() % RowsBetweenReports);
    const std::lock_guard guard(m_mutex);
    m_checksums[chunk.table].add(checksum);
    return Success;
}

Result<DumpManifest> Dump::run()
{
    if (const auto begun = m_files.begin(m_monitor); !begun)
        return begun.failure();
    if (const auto read = readSource(); !read)
        return read.failure();
    auto snapshot = Snapshot::begin(m_settings, m_schema, m_options.connections, m_monitor);
    if (!snapshot)
        return snapshot.failure();
    m_manifest.snapshot = QDateTime::currentDateTimeUtc();
    m_manifest.database = m_settings.name;
    m_manifest.tablePrefix = m_options.tablePrefix;
    const auto worked = workOnChunks(
        *snapshot,
        m_schema,
        m_options.bytesPerChunk,
        [this](auto &connection, const auto &table, const auto &chunk, const auto &monitor) {
            return rows(connection, table, chunk, monitor);
        },
        m_monitor);
    if (!worked)
        return worked.failure();
    if (const auto written = definitions(); !written)
        return written.failure();
    if (const auto written = m_files.objects(m_schema.objects, m_monitor); !written)
        return written.failure();
    for (qsizetype index = 0; index < m_schema.tables.size(); ++index) {
        const auto &table = m_schema.tables.at(index);
        const auto checksum = m_checksums.value(index);
        m_manifest.tables.append({table.name,
                                  checksum.rows(),
                                  checksum.toBytes(),
                                  definitionSum(table.definition),
                                  table.autoIncrement});
    }
    return m_files.finish(std::move(m_manifest));
}

} // namespace

Result<DumpManifest>
dumpDatabase(const DatabaseSettings &settings, const DumpOptions &options, Monitor &monitor)
{
    auto manifest = Dump(settings, options, monitor).run();
    if (!manifest)
        return because({DatabaseError::DumpFailed,
                        text("The database %1 could not be dumped.").arg(settings.name),
                        {},
                        {}},
                       manifest.failure());
    return manifest;
}

} // namespace Banister
