// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/dump.h"

#include "database/accountrights.h"
#include "database/databaseerror.h"
#include "database/objectscript.h"
#include "database/partwriter.h"
#include "database/rowchecksum.h"
#include "database/serverfacts.h"
#include "database/tablework.h"
#include "files/durable.h"
#include "files/privatefolder.h"
#include "files/remove.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>

#include <algorithm>
#include <functional>
#include <mutex>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("DatabaseDump", sentence);
}

QByteArray sha256(const QByteArray &bytes)
{
    Sha256 hash;
    hash.add(bytes);
    return hash.result();
}

/// The work of one dump; rows() is called from several threads.
class Dump
{
public:
    Dump(const DatabaseSettings &settings, const DumpOptions &options, Monitor &monitor)
        : m_settings(settings)
        , m_options(options)
        , m_monitor(monitor)
    {}

    Result<DumpManifest> run();

private:
    Result<> readSource();
    Result<> definitions();
    Result<> objects();
    Result<> objectsFile(DumpPart::Kind kind, const QList<SchemaObject> &objects);
    Result<> rows(Connection &connection,
                  const SchemaTable &table,
                  const RowChunk &chunk,
                  const Monitor &monitor);
    Result<> writePart(const DumpPart &part, const std::function<Result<>(PartWriter &)> &content);
    QString fileName(const char *order, qsizetype number, const QString &name) const;

    const DatabaseSettings &m_settings;
    const DumpOptions &m_options;
    Monitor &m_monitor;
    Schema m_schema;
    qint64 m_largestStatement = 0;
    std::mutex m_mutex; ///< guards what follows
    DumpManifest m_manifest;
    QHash<qsizetype, RowChecksum> m_checksums;
    Progress m_progress;
};

QString Dump::fileName(const char *order, qsizetype number, const QString &name) const
{
    constexpr int Width = 5;
    return QString::fromLatin1(order) + u'-' + QString::number(number).rightJustified(Width, u'0')
           + u'-' + name + suffixOf(m_options.compression);
}

Result<> Dump::writePart(const DumpPart &part, const std::function<Result<>(PartWriter &)> &content)
{
    auto writer = PartWriter::create(m_options.folder, part, m_options.compression);
    if (!writer)
        return writer.failure();
    if (const auto written = content(*writer); !written)
        return written.failure();
    auto finished = writer->finish();
    if (!finished)
        return finished.failure();
    const std::lock_guard guard(m_mutex);
    m_manifest.parts.append(std::move(finished).value());
    return Success;
}

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
        DumpPart part;
        part.file = fileName("10", index, plainName(table.name) + u"-schema"_s);
        part.kind = DumpPart::Kind::Schema;
        part.table = table.name;
        const auto written = writePart(part, [&table](PartWriter &writer) -> Result<> {
            const auto drop = "DROP TABLE IF EXISTS " + quoteName(table.name).toUtf8();
            if (const auto dropped = writer.statement(drop); !dropped)
                return dropped.failure();
            return writer.statement(table.definition);
        });
        if (!written)
            return written.failure();
    }
    return Success;
}

Result<> Dump::objects()
{
    // Tables may take numbers from sequences; everything else stands on tables.
    QList<SchemaObject> sequences;
    QList<SchemaObject> others;
    for (const auto &object : std::as_const(m_schema.objects)) {
        if (object.isUsable) {
            m_manifest.objects.insert(object.title(), object.fingerprint());
        } else {
            m_monitor.log(u"The %1 names something that is gone: it is in the dump as a comment "
                          "only."_s.arg(object.title()));
        }
        (object.kind == SchemaObject::Kind::Sequence ? sequences : others).append(object);
    }
    if (const auto written = objectsFile(DumpPart::Kind::Sequences, sequences); !written)
        return written.failure();
    return objectsFile(DumpPart::Kind::Objects, others);
}

Result<> Dump::objectsFile(DumpPart::Kind kind, const QList<SchemaObject> &objects)
{
    if (objects.isEmpty())
        return Success;
    DumpPart part;
    const bool isFirst = kind == DumpPart::Kind::Sequences;
    part.file = isFirst ? fileName("05", 0, u"sequences"_s) : fileName("80", 0, u"objects"_s);
    part.kind = kind;
    return writePart(part, [&objects](PartWriter &writer) -> Result<> {
        for (const auto &object : objects) {
            // A stand-in for a view must be there before the first view that reads it.
            if (object.kind != SchemaObject::Kind::View || object.supplement.isEmpty())
                continue;
            if (const auto written = writer.statement(object.supplement); !written)
                return written.failure();
        }
        for (const auto &object : objects) {
            const auto script = objectScript(object);
            if (!script)
                return script.failure();
            if (const auto written = writer.raw(script->text, script->statements); !written)
                return written.failure();
        }
        return Success;
    });
}

Result<> Dump::rows(Connection &connection,
                    const SchemaTable &table,
                    const RowChunk &chunk,
                    const Monitor &monitor)
{
    DumpPart part;
    constexpr int Width = 4;
    part.file = fileName("20",
                         chunk.table,
                         plainName(table.name) + u'.'
                             + QString::number(chunk.number).rightJustified(Width, u'0'));
    part.kind = DumpPart::Kind::Rows;
    part.table = table.name;
    const auto insert =
        "INSERT INTO " + quoteName(table.name).toUtf8() + " (" + columnList(table) + ") VALUES\n";
    RowChecksum checksum;
    constexpr qint64 RowsBetweenReports = 4096;
    const auto reportRows = [&](qint64 count) {
        const std::lock_guard guard(m_mutex);
        m_progress.done += count;
        m_progress.total = std::max(m_progress.total, m_progress.done);
        m_progress.text = text("Dumping %1").arg(table.name);
        m_monitor.report(m_progress);
    };
    const auto written = writePart(part, [&](PartWriter &writer) {
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
    if (const auto removed = removeTree(m_options.folder, m_monitor); !removed)
        return removed.failure();
    if (const auto made = makePrivateFolder(m_options.folder); !made)
        return made.failure();
    if (const auto read = readSource(); !read)
        return read.failure();
    auto snapshot = Snapshot::begin(m_settings, m_schema, m_options.connections, m_monitor);
    if (!snapshot)
        return snapshot.failure();
    m_manifest.snapshot = QDateTime::currentDateTimeUtc();
    m_manifest.folder = m_options.folder;
    m_manifest.database = m_settings.name;
    m_manifest.tablePrefix = m_options.tablePrefix;
    m_manifest.compression = m_options.compression;
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
    for (const auto part : {&Dump::definitions, &Dump::objects}) {
        if (const auto written = (this->*part)(); !written)
            return written.failure();
    }
    for (qsizetype index = 0; index < m_schema.tables.size(); ++index) {
        const auto &table = m_schema.tables.at(index);
        const auto checksum = m_checksums.value(index);
        m_manifest.tables.append({table.name,
                                  checksum.rows(),
                                  checksum.toBytes(),
                                  sha256(stableDefinition(table.definition)),
                                  table.autoIncrement});
    }
    std::sort(m_manifest.parts.begin(),
              m_manifest.parts.end(),
              [](const auto &left, const auto &right) { return left.file < right.file; });
    if (const auto synced = syncFileSystem(m_options.folder); !synced)
        return synced.failure();
    if (const auto written = writeDumpManifest(m_manifest); !written)
        return written.failure();
    return m_manifest;
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
