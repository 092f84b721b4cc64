// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/restore.h"

#include "database/accountrights.h"
#include "database/connection.h"
#include "database/databaseerror.h"
#include "database/dumploader.h"
#include "database/dumpselection.h"
#include "database/presentobjects.h"
#include "database/restoreprogress.h"
#include "database/staging.h"
#include "database/verifydump.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("DatabaseRestore", sentence);
}

Result<> clearStaging(Connection &connection, const QString &prefix)
{
    for (const auto half : {Staging::Half::Incoming, Staging::Half::Replaced}) {
        if (auto cleared = Staging::clear(connection, prefix, half); !cleared)
            return cleared;
    }
    return Success;
}

/// What stands when loading failed.
enum class Former {
    Whole, ///< what the application had is still there
    Gone,
};

/// One dump's way into its place, after the checks.
class Replacement
{
public:
    Replacement(const DatabaseSettings &settings,
                const DumpSelection &selection,
                const RestoreOptions &options,
                bool mayAlter,
                RestoreProgress &monitor)
        : m_settings(settings)
        , m_selection(selection)
        , m_options(options)
        , m_mayAlter(mayAlter)
        , m_monitor(monitor)
    {}

    Result<RestoreReport> run(Connection &connection, const RestoreNeeds &needs);
    Former former() const { return m_former; }

private:
    Result<QList<PresentObject>> replacedObjects(Connection &connection) const;
    Result<> loadBeside(Connection &connection, const QList<PresentObject> &replaced);
    Result<> loadInPlace(Connection &connection, const QList<PresentObject> &replaced);
    Result<> remove(Connection &connection, const QList<PresentObject> &objects);
    const QString &prefix() const { return m_selection.manifest().tablePrefix; }

    const DatabaseSettings &m_settings;
    const DumpSelection &m_selection;
    const RestoreOptions &m_options;
    const bool m_mayAlter;
    RestoreProgress &m_monitor;
    RestoreReport m_report;
    Former m_former = Former::Whole;
};

Result<QList<PresentObject>> Replacement::replacedObjects(Connection &connection) const
{
    QList<PresentObject> objects;
    for (const auto &table : m_selection.tables())
        objects.append({PresentObject::Kind::Table, table});
    if (!m_selection.isAll())
        return objects;
    auto present = presentObjects(connection, prefix());
    if (!present)
        return present.failure();
    present->removeIf(
        [this](const PresentObject &object) { return m_options.kept.contains(object.title()); });
    return present;
}

Result<> Replacement::remove(Connection &connection, const QList<PresentObject> &objects)
{
    return clearTarget(
        connection, objects, m_options.patience, m_monitor, [this](const QString &name) {
            m_monitor.reportClearing(text("Removing %1").arg(name));
        });
}

Result<> Replacement::loadBeside(Connection &connection, const QList<PresentObject> &replaced)
{
    const Staging staging(m_selection.manifest());
    if (auto cleared = Staging::clear(connection, prefix(), Staging::Half::Incoming); !cleared)
        return cleared;
    DumpLoader loader(m_settings, m_selection, m_options, m_mayAlter, &staging, m_monitor);
    if (auto loaded = loader.loadTables(connection); !loaded) {
        // Where that fails as well, the next try does it.
        static_cast<void>(Staging::clear(connection, prefix(), Staging::Half::Incoming).isOk());
        return loaded;
    }
    const auto firstTable =
        std::find_if(replaced.begin(), replaced.end(), [](const PresentObject &object) {
            return object.kind == PresentObject::Kind::Table;
        });
    const auto afterTables =
        std::find_if(firstTable, replaced.end(), [](const PresentObject &object) {
            return object.kind != PresentObject::Kind::Table;
        });
    m_former = Former::Gone;
    m_monitor.beginEnd();
    if (auto removed = remove(connection, {replaced.begin(), firstTable}); !removed)
        return removed;
    m_monitor.log(u"database: renaming the loaded tables into their place"_s);
    if (auto swapped = staging.swap(connection, replaced, m_options.patience, m_monitor); !swapped)
        return swapped;
    if (auto cleared = Staging::clear(connection, prefix(), Staging::Half::Replaced); !cleared)
        return cleared;
    if (auto removed = remove(connection, {afterTables, replaced.end()}); !removed)
        return removed;
    auto finished = loader.finish(connection);
    m_report = loader.report();
    return finished;
}

Result<> Replacement::loadInPlace(Connection &connection, const QList<PresentObject> &replaced)
{
    m_former = Former::Gone;
    if (auto removed = remove(connection, replaced); !removed)
        return removed;
    if (auto cleared = clearStaging(connection, prefix()); !cleared)
        return cleared;
    DumpLoader loader(m_settings, m_selection, m_options, m_mayAlter, nullptr, m_monitor);
    if (auto loaded = loader.loadTables(connection); !loaded)
        return loaded;
    auto finished = loader.finish(connection);
    m_report = loader.report();
    return finished;
}

Result<RestoreReport> Replacement::run(Connection &connection, const RestoreNeeds &needs)
{
    const auto replaced = replacedObjects(connection);
    if (!replaced)
        return replaced.failure();
    auto obstacle = obstacleToStaging(connection, m_selection, needs, *replaced);
    if (!obstacle)
        return obstacle.failure();
    if (!m_mayAlter)
        *obstacle = u"the account may not rename tables"_s;
    if (obstacle->isEmpty()) {
        m_monitor.log(u"database: loading beside what is there"_s);
        const auto loaded = loadBeside(connection, *replaced);
        if (loaded)
            return m_report;
        const bool needsRoom =
            loaded.isError() && loaded.error().has(DatabaseError::ServerDiskFull);
        if (!needsRoom || m_former == Former::Gone)
            return loaded.failure();
        *obstacle = u"the server has no room for both"_s;
    }
    m_monitor.log(u"database: removing what is there, then loading, as %1"_s.arg(*obstacle));
    if (auto loaded = loadInPlace(connection, *replaced); !loaded)
        return loaded.failure();
    return m_report;
}

} // namespace

Result<RestoreReport> restoreDump(const DatabaseSettings &settings,
                                  const QString &folder,
                                  const RestoreOptions &options,
                                  Monitor &monitor)
{
    const auto manifest = readDumpManifest(folder);
    if (!manifest)
        return manifest.failure();
    qint64 bytes = 0;
    for (const auto &part : manifest->parts) {
        if (options.tables.isEmpty() || part.table.isEmpty() || options.tables.contains(part.table))
            bytes += part.bytes;
    }
    RestoreProgress progress(monitor, bytes, options.isVerified);
    if (!options.isVerified) {
        if (const auto verified = verifyDump(folder, progress); !verified)
            return verified.failure();
    }
    auto selection = DumpSelection::read(*manifest, options.tables);
    if (!selection)
        return selection.failure();
    for (const auto &trigger : selection->unclearTriggers())
        monitor.log(u"database: left out, as its table is not clear: %1"_s.arg(trigger));
    const auto needs = readRestoreNeeds(*selection, monitor);
    if (!needs)
        return needs.failure();
    auto connection = openForLoading(settings, options.patience);
    if (!connection)
        return connection.failure();
    const auto present = presentObjects(*connection, {});
    if (!present)
        return present.failure();
    selection->keepSequences(*present);
    const auto rights = AccountRights::read(*connection);
    if (!rights)
        return rights.failure();
    const auto checked = checkTarget(*connection, *manifest, *needs, options.patience, monitor);
    if (!checked)
        return checked.failure();

    monitor.log(u"database: loading %1"_s.arg(folder));
    Replacement replacement(settings, *selection, options, rights->has(u"ALTER"_s), progress);
    auto replaced = replacement.run(*connection, *needs);
    if (!replaced.isError())
        return replaced;
    Failure failure = replaced.failure();
    // A file that has changed since it was verified may be what the server did not understand.
    if (replaced.error().has(DatabaseError::StatementFailed)) {
        const auto verified = verifyDump(folder, progress);
        if (verified.isError())
            failure = because(replaced.error(), verified.failure());
    }
    const bool isWhole = replacement.former() == Former::Whole;
    const auto code = isWhole ? DatabaseError::NotReplaced : DatabaseError::RestoreFailed;
    const auto fact = isWhole ? text("The database %1 was left as it was.")
                              : text("The database %1 could not be brought back.");
    return because({code, fact.arg(settings.name), {}, {}}, failure);
}

Result<> removeLoadedBeside(const DatabaseSettings &settings, const QString &tablePrefix)
{
    auto connection = openForLoading(settings, {});
    if (!connection)
        return connection.failure();
    return clearStaging(*connection, tablePrefix);
}

} // namespace Banister
