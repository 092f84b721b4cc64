// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/verifydump.h"

#include "database/databaseerror.h"
#include "database/dumppart.h"
#include "files/sharedprogress.h"
#include "files/workqueue.h"

#include <QCoreApplication>
#include <QDir>
#include <QHash>
#include <QSet>

#include <algorithm>
#include <mutex>
#include <thread>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("VerifyDump", sentence);
}

Error damaged(const QString &fact)
{
    return {DatabaseError::DumpDamaged, fact, {}, {}};
}

/// Rows of an INSERT as we write them: each on a line of its own, line breaks in values escaped. A
/// quoted name in the head may hold a line break as it is.
qint64 rowsIn(const QByteArray &insert)
{
    auto head = insert.cbegin();
    for (bool isQuoted = false; head != insert.cend() && (isQuoted || *head != ')'); ++head) {
        if (*head == '`')
            isQuoted = !isQuoted;
    }
    return std::count(head, insert.cend(), '\n');
}

/// What does not show in one file alone: files too many, tables and rows that the files do not have.
class DumpVerification
{
public:
    DumpVerification(const DumpManifest &manifest, Monitor &monitor)
        : m_manifest(manifest)
        , m_monitor(monitor)
        , m_progress(monitor, totalBytes(manifest), text("Verifying the dump"))
    {}

    Result<> run();

private:
    static qint64 totalBytes(const DumpManifest &manifest);
    Result<> lookForStrangers() const;
    Result<> readPart(const DumpPart &part);
    Result<> compareTables() const;

    const DumpManifest &m_manifest;
    Monitor &m_monitor;
    SharedProgress m_progress;
    std::mutex m_mutex; ///< guards m_rows
    QHash<QString, qint64> m_rows;
};

qint64 DumpVerification::totalBytes(const DumpManifest &manifest)
{
    qint64 bytes = 0;
    for (const auto &part : manifest.parts)
        bytes += part.bytes;
    return bytes;
}

// Whoever loads the dump by hand takes every file that is there.
Result<> DumpVerification::lookForStrangers() const
{
    QSet<QString> known;
    for (const auto &part : m_manifest.parts)
        known.insert(part.file);
    const auto files = QDir(m_manifest.folder)
                           .entryList({u"*.sql"_s, u"*.sql.gz"_s, u"*.sql.zst"_s},
                                      QDir::AllEntries | QDir::Hidden | QDir::System);
    for (const auto &file : files) {
        if (!known.contains(file))
            return damaged(text("The file %1 does not belong to the dump in %2.")
                               .arg(file, m_manifest.folder));
    }
    return Success;
}

Result<> DumpVerification::readPart(const DumpPart &part)
{
    qint64 rows = 0;
    auto read = readDumpPart(
        m_manifest.folder,
        part,
        [&](const QByteArray &statement) -> Result<> {
            if (m_monitor.isCancelRequested())
                return Cancelled{};
            if (part.kind == DumpPart::Kind::Rows && statement.startsWith("INSERT "))
                rows += rowsIn(statement);
            return Success;
        },
        [this](qint64 bytes) { m_progress.add(bytes); });
    if (!read)
        return read;
    const std::scoped_lock lock(m_mutex);
    m_rows[part.table] += rows;
    return Success;
}

Result<> DumpVerification::compareTables() const
{
    QSet<QString> defined;
    for (const auto &part : m_manifest.parts) {
        if (part.kind == DumpPart::Kind::Schema)
            defined.insert(part.table);
    }
    for (const auto &table : m_manifest.tables) {
        if (!defined.contains(table.name)) {
            return Error{DatabaseError::DumpIncomplete,
                         text("The dump in %1 does not define the table %2.")
                             .arg(m_manifest.folder, table.name),
                         {},
                         {}};
        }
        if (const auto rows = m_rows.value(table.name); rows != table.rows) {
            return damaged(
                text("The dump in %1 holds %2 rows of the table %3; the list of its files says %4.")
                    .arg(m_manifest.folder,
                         QString::number(rows),
                         table.name,
                         QString::number(table.rows)));
        }
    }
    return Success;
}

Result<> DumpVerification::run()
{
    if (auto known = lookForStrangers(); !known)
        return known;
    WorkQueue<const DumpPart *> queue;
    for (const auto &part : m_manifest.parts)
        queue.add(&part);
    constexpr unsigned most = 4;
    const auto threads = int(std::clamp(std::thread::hardware_concurrency(), 1U, most));
    auto read = queue.run(threads, m_monitor, [this](const DumpPart *part, int /*worker*/) {
        return readPart(*part);
    });
    if (!read)
        return read;
    m_progress.finish();
    return compareTables();
}

} // namespace

Result<> verifyDump(const QString &folder, Monitor &monitor)
{
    const auto manifest = readDumpManifest(folder);
    if (!manifest)
        return manifest.failure();
    return DumpVerification(*manifest, monitor).run();
}

} // namespace Banister
