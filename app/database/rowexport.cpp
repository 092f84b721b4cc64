// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/rowexport.h"

#include "database/databaseerror.h"
#include "database/rowcomparison.h"
#include "database/rowfiles.h"
#include "files/durable.h"
#include "files/fileerror.h"
#include "files/move.h"
#include "files/privatefolder.h"
#include "files/remove.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <QLocale>
#include <QSet>

#include <algorithm>
#include <mutex>
#include <optional>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("RowExport", sentence);
}

QString timeOf(const QDateTime &time)
{
    return time.toUTC().toString(u"yyyy-MM-dd HH:mm:ss"_s) + u" UTC"_s;
}

/// Writes the rows that pass.
class RowExporter : public RowVisitor
{
public:
    RowExporter(const DatabaseSettings &settings, const DumpManifest &manifest, QString folder)
        : m_database(settings.name)
        , m_snapshot(manifest.snapshot)
        , m_folder(std::move(folder))
    {}

    bool wantsNewTables() const override { return true; }
    Result<> begin(const TablePair &pair) override;
    Result<> visit(const TablePair &pair,
                   const RowChunk &chunk,
                   RowIndex::Match match,
                   const ComparedRow &row) override;
    Result<> end(const TablePair &pair, RowIndex *index, TableRowDiff &diff) override;
    Result<> writeReadMe(const QList<TableRowDiff> &tables);
    const RowExport &result() const { return m_result; }

private:
    Result<> open(std::optional<RowFiles> &files, const TablePair &pair, RowFiles::Sort sort);

    QString m_database;
    QDateTime m_snapshot;
    QString m_folder;
    std::mutex m_mutex; ///< guards what follows
    QString m_name;     ///< of the table's files
    QSet<QString> m_names;
    std::optional<RowFiles> m_added;
    std::optional<RowFiles> m_changed;
    RowExport m_result;
};

Result<> RowExporter::begin(const TablePair &pair)
{
    const auto plain = plainName(pair.name);
    m_name = plain;
    // File systems that do not tell capitals from small letters exist.
    for (int number = 2; m_names.contains(m_name.toLower()); ++number)
        m_name = plain + u'-' + QString::number(number);
    m_names.insert(m_name.toLower());
    return Success;
}

Result<>
RowExporter::open(std::optional<RowFiles> &files, const TablePair &pair, RowFiles::Sort sort)
{
    const bool isAdded = sort == RowFiles::Sort::Added;
    const auto name = m_name + (isAdded ? u".added"_s : u".changed"_s);
    const auto what = isAdded ? text("Rows added to the table %1 since %2, as they are on %3.")
                              : text("Rows of the table %1 changed since %2, as they are on %3.");
    const auto now = timeOf(QDateTime::currentDateTimeUtc());
    auto made =
        RowFiles::create(m_folder,
                         name,
                         pair,
                         sort,
                         {what.arg(pair.name, timeOf(m_snapshot), now),
                          text("To load them: mariadb %1 < %2").arg(m_database, name + u".sql"_s),
                          text("The table is made where it is missing. It must have the columns "
                               "that are named below.")});
    if (!made)
        return made.failure();
    m_result.files += made->names();
    files.emplace(std::move(*made));
    return Success;
}

Result<> RowExporter::visit(const TablePair &pair,
                            const RowChunk & /*chunk*/,
                            RowIndex::Match match,
                            const ComparedRow &row)
{
    const std::scoped_lock lock(m_mutex);
    const bool isAdded = match == RowIndex::Match::Added;
    auto &files = isAdded ? m_added : m_changed;
    if (!files) {
        const auto sort = isAdded ? RowFiles::Sort::Added : RowFiles::Sort::Changed;
        if (auto opened = open(files, pair, sort); !opened)
            return opened;
    }
    ++(isAdded ? m_result.added : m_result.changed);
    return files->add(row.tuple);
}

Result<> RowExporter::end(const TablePair & /*pair*/, RowIndex * /*index*/, TableRowDiff & /*diff*/)
{
    for (auto *files : {&m_added, &m_changed}) {
        if (!*files)
            continue;
        if (auto finished = (*files)->finish(); !finished)
            return finished;
        files->reset();
    }
    return Success;
}

Result<> RowExporter::writeReadMe(const QList<TableRowDiff> &tables)
{
    const QLocale locale;
    QStringList lines{
        text("Rows of the database %1 that a dump of %2 does not have, or has otherwise.")
            .arg(m_database, timeOf(m_snapshot)),
        text("Exported on %1.").arg(timeOf(QDateTime::currentDateTimeUtc())),
        {},
        text("NAME.added holds rows that came since, NAME.changed rows that were changed, as they "
             "are now. Rows that were removed since are in the dump."),
        {},
        text(".csv is for people and spreadsheets: UTF-8, commas, the columns' names in the first "
             "line, values in quotes. An empty field without quotes is NULL. Bytes are hexadecimal "
             "after 0x."),
        {},
        text(".sql is for the database, table by table:"),
        u"    mariadb %1 < NAME.added.sql"_s.arg(m_database),
        text("A missing table is made. Added rows stop at a row whose key is there; changed rows "
             "replace the values of the row that is there. Look at them first: rows of other "
             "tables that they refer to may be gone."),
        {}};
    for (const auto &table : tables) {
        if (table.kind == TableRowDiff::Kind::Equal || table.kind == TableRowDiff::Kind::OnlyInDump)
            continue;
        if (table.added < 0) {
            lines.append(
                text("%1: too large to be compared row by row, not exported").arg(table.table));
        } else if (table.added + table.changed > 0) {
            lines.append(text("%1: %2 added, %3 changed")
                             .arg(table.table,
                                  locale.toString(table.added),
                                  locale.toString(table.changed)));
        }
    }
    const auto name = u"READ-ME.txt"_s;
    m_result.files.append(name);
    m_result.files.sort();
    m_result.tables = tables;
    WriteOptions options;
    constexpr quint32 ownerOnly = 0600;
    options.mode = ownerOnly;
    return writeDurably(m_folder + u'/' + name, lines.join(u'\n').toUtf8() + '\n', options);
}

} // namespace

Result<RowExport> exportRows(const DatabaseSettings &settings,
                             const DumpManifest &manifest,
                             const QString &folder,
                             const RowDiffOptions &options,
                             Monitor &monitor)
{
    const auto failed = [&folder](const Failure &why) {
        return because({DatabaseError::ExportFailed,
                        text("The rows could not be exported to %1.").arg(folder),
                        {},
                        {}},
                       why);
    };
    const QFileInfo target(folder);
    if (target.exists() || target.isSymLink())
        return failed(fileError(FileError::Exists, text("%1 is there already.").arg(folder)));
    const auto unfinished = folder + u".banister-unfinished"_s;
    SilentMonitor silent; // a request to cancel must not keep the rest from being removed
    if (const auto removed = removeTree(unfinished, silent); !removed)
        return failed(removed.failure());
    RowExporter exporter(settings, manifest, unfinished);
    const auto work = [&]() -> Result<> {
        if (auto made = makePrivateFolder(unfinished); !made)
            return made;
        const auto diffs = RowComparison(settings, manifest, options, exporter, monitor).run();
        if (!diffs)
            return diffs.failure();
        if (auto written = exporter.writeReadMe(*diffs); !written)
            return written;
        if (auto synced = syncFileSystem(unfinished); !synced)
            return synced;
        return moveEntry(unfinished, folder);
    };
    if (const auto done = work(); !done) {
        static_cast<void>(removeTree(unfinished, silent).isOk()); // else the next export does
        return failed(done.failure());
    }
    auto result = exporter.result();
    result.folder = folder;
    return result;
}

} // namespace Banister
