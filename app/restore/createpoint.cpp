// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/createpoint.h"

#include "base/phasemonitor.h"
#include "database/dump.h"
#include "database/scriptimport.h"
#include "database/verifydump.h"
#include "files/copytree.h"
#include "files/foldertime.h"
#include "files/hash.h"
#include "files/privatefolder.h"
#include "files/remove.h"
#include "files/tree.h"
#include "files/treemanifest.h"
#include "restore/moverecord.h"
#include "restore/objectssince.h"
#include "restore/pointplace.h"
#include "restore/recipe.h"
#include "restore/restoreerror.h"
#include "restore/siteid.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("RestorePoint", sentence);
}

// Cache and logs change while the site's own console runs: only a copy brings them back.
Result<> preserve(const RestorePointRequest &request, RestorePoint &point, Monitor &monitor)
{
    for (const auto &relative : request.preserved) {
        const auto source = request.siteFolder + u'/' + relative;
        if (!QFileInfo(source).isDir() || QFileInfo(source).isSymLink())
            continue;
        const auto target = point.preservedFolder() + u'/' + relative;
        if (!QDir().mkpath(target))
            return Error{RestoreError::NotWritten,
                         text("The folder %1 cannot be made.").arg(target),
                         {},
                         {}};
        const auto copied = copyTree(source, target, CopyOptions{}, monitor);
        if (!copied)
            return copied.failure();
        logDifferences(*copied, monitor);
        point.preserved.append(relative);
    }
    return Success;
}

Result<Tree> readPreserved(const RestorePoint &point, const QString &relative, Monitor &monitor)
{
    TreeOptions options;
    options.hash = true;
    options.withRoot = true;
    auto tree = readTree(point.preservedFolder() + u'/' + relative, options, monitor);
    if (!tree)
        return tree.failure();
    const auto prefix = QFile::encodeName(relative);
    for (auto &entry : *tree)
        entry.path = entry.path.isEmpty() ? prefix : prefix + '/' + entry.path;
    return tree;
}

QList<QByteArray> encodedNames(const QStringList &names)
{
    QList<QByteArray> encoded;
    for (const auto &name : names)
        encoded.append(QFile::encodeName(name));
    return encoded;
}

/// Copies what is not there yet; the answer is what the source had.
Result<Tree>
copySource(const FileSource &source, bool isFirst, const QString &target, Monitor &monitor)
{
    CopyOptions options;
    options.hash = true;
    options.withRoot = false;
    options.existing = isFirst ? Existing::Fail : Existing::Keep;
    options.excluded = source.excluded;
    options.isWanted = source.isWanted;
    auto copied = copyTree(source.folder, target, options, monitor);
    if (!copied)
        return copied.failure();
    logDifferences(*copied, monitor);
    // Of a file that was written to meanwhile, the copy is what comes back.
    for (auto &entry : copied->tree) {
        if (copied->changed.contains(entry.path))
            entry.sha256.clear();
    }
    const QSet<QByteArray> kept(copied->kept.begin(), copied->kept.end());
    copied->tree.removeIf([&kept](const auto &entry) { return kept.contains(entry.path); });
    return std::move(copied->tree);
}

/// Copies the site's files, or those that are taken over, and reads the copies back.
Result<Tree> copyFiles(const RestorePointRequest &request, RestorePoint &point, Monitor &monitor)
{
    QList<FileSource> sources;
    if (request.foreign)
        sources = request.foreign->files;
    else
        sources.append({request.siteFolder, encodedNames(request.excluded + point.preserved)});
    Tree tree;
    QSet<QByteArray> known;
    for (qsizetype index = 0; index < sources.size(); ++index) {
        const auto count = double(sources.size());
        PhaseMonitor phase(monitor, double(index) / count, double(index + 1) / count);
        auto copied = copySource(sources.at(index), index == 0, point.copiesFolder(), phase);
        if (!copied)
            return copied.failure();
        for (auto &entry : *copied) {
            if (known.contains(entry.path))
                continue;
            known.insert(entry.path);
            tree.append(std::move(entry));
        }
    }
    TreeOptions hashed;
    hashed.hash = true;
    const auto copies = readTree(point.copiesFolder(), hashed, monitor);
    if (!copies)
        return copies.failure();
    for (auto &entry : tree) {
        const auto *copy = findIn(*copies, entry.path);
        if (entry.type != EntryType::File)
            continue;
        if (copy && entry.sha256.isEmpty())
            entry = *copy;
        else if (!copy || copy->sha256 != entry.sha256)
            return Error{RestoreError::NotWritten,
                         text("The copy of %1 differs from the file when it is read back.")
                             .arg(QFile::decodeName(entry.path)),
                         {},
                         {}};
    }
    return tree;
}

Result<Tree> readFiles(const RestorePointRequest &request, RestorePoint &point, Monitor &monitor)
{
    TreeOptions options;
    options.hash = true;
    options.excluded = encodedNames(request.excluded + point.preserved);
    return readTree(request.siteFolder, options, monitor);
}

Result<> recordFiles(const RestorePointRequest &request, RestorePoint &point, Monitor &monitor)
{
    auto tree = request.keepsCopies ? copyFiles(request, point, monitor)
                                    : readFiles(request, point, monitor);
    if (!tree)
        return tree.failure();
    // Of a folder that the site goes on writing to, the copy is what comes back.
    for (const auto &relative : std::as_const(point.preserved)) {
        auto copy = readPreserved(point, relative, monitor);
        if (!copy)
            return copy.failure();
        tree->append(*copy);
    }
    sortTree(*tree);
    for (const auto &entry : std::as_const(*tree)) {
        if (entry.type == EntryType::File) {
            ++point.fileCount;
            point.fileBytes += entry.size;
        }
    }
    if (auto written = writeTreeManifest(point.filesManifest(), *tree); !written)
        return written;
    if (point.hasCopies) {
        MoveRecord record;
        record.out = topEntriesOf(*tree);
        if (request.foreign) {
            // What the other program brought goes, when this comes back.
            record.in = request.foreign->broughtIn;
            if (auto noted = noteMove(point.folder, {{}, record.in, {}}); !noted)
                return noted;
        }
        if (auto written = writeFilesScript(point, record); !written)
            return written;
    }
    auto sum = sha256OfFile(point.filesManifest(), monitor);
    if (!sum)
        return sum.failure();
    point.filesSum = std::move(sum).value();
    return Success;
}

Result<DumpManifest> takeDump(const RestorePointRequest &request,
                              const DumpOptions &options,
                              RestorePoint &point,
                              Monitor &monitor)
{
    auto imported = importScript(request.database, request.foreign->script, options, monitor);
    if (!imported)
        return imported.failure();
    point.foreign->characterSet = imported->characterSet;
    point.foreign->hasRoutines = imported->hasRoutines;
    return std::move(imported->manifest);
}

Result<> dump(const RestorePointRequest &request, RestorePoint &point, Monitor &monitor)
{
    DumpOptions options;
    options.folder = point.databaseFolder();
    options.tablePrefix = request.tablePrefix;
    constexpr double DumpShare = 0.9;
    PhaseMonitor dumping(monitor, 0, DumpShare);
    PhaseMonitor verifying(monitor, DumpShare, 1);
    const auto manifest = request.foreign && !request.foreign->script.isEmpty()
                              ? takeDump(request, options, point, dumping)
                              : dumpDatabase(request.database, options, dumping);
    if (!manifest)
        return manifest.failure();
    point.tableCount = manifest->tables.size();
    for (const auto &table : manifest->tables)
        point.rowCount += table.rows;
    if (auto whole = verifyDump(point.databaseFolder(), verifying); !whole)
        return whole;
    auto sum = sha256OfFile(point.databaseManifest(), verifying);
    if (!sum)
        return sum.failure();
    point.databaseSum = std::move(sum).value();
    return Success;
}

void describe(const ForeignSource &source, RestorePoint &point)
{
    point.foreign = ForeignFacts{source.program,
                                 source.folder,
                                 QDir(point.siteFolder).relativeFilePath(source.script),
                                 QDateTime::currentDateTimeUtc(),
                                 source.ended,
                                 source.presentFiles,
                                 {},
                                 true};
    if (source.script.isEmpty())
        point.foreign->script.clear();
    point.created = source.created;
}

/// A dump without routines and events says nothing of them: they stay as if they had come later.
Result<> noteObjects(const RestorePoint &point, const DatabaseSettings &database)
{
    return point.foreign && !point.foreign->hasRoutines
               ? recordObjects(point, database, {u"function"_s, u"procedure"_s, u"event"_s})
               : Result<>(Success);
}

Result<RestorePoint> build(const RestorePointRequest &request, Monitor &monitor)
{
    RestorePoint point;
    point.folder = request.folder;
    point.product = request.product;
    point.version = request.version;
    point.origin = request.origin;
    point.hasCopies = request.keepsCopies;
    point.siteFolder = request.siteFolder;
    point.notes.name = request.name;
    auto site = makeSiteId(request.siteFolder);
    if (!site)
        return site.failure();
    point.siteId = std::move(site).value();
    point.tablePrefix = request.tablePrefix;
    point.databaseName = request.database.name;
    point.excluded = request.excluded;
    point.created = QDateTime::currentDateTimeUtc();
    if (request.foreign)
        describe(*request.foreign, point);
    else
        point.siteFolderModifiedNs = folderTime(request.siteFolder);
    using Part = Result<> (*)(const RestorePointRequest &, RestorePoint &, Monitor &);
    const std::array parts{std::pair<Part, double>{&preserve, 0.1},
                           std::pair<Part, double>{&recordFiles, 0.5},
                           std::pair<Part, double>{&dump, 1.0}};
    double from = 0;
    for (const auto &[part, to] : parts) {
        PhaseMonitor phase(monitor, std::exchange(from, to), to);
        if (const auto done = part(request, point, phase); !done)
            return done.failure();
    }
    if (const auto written = writeRecipe(point, request.database); !written)
        return written.failure();
    if (const auto noted = noteObjects(point, request.database); !noted)
        return noted.failure();
    if (const auto noted = noteVerified(point); !noted)
        return noted.failure();
    if (const auto written = writePointManifest(point); !written)
        return written.failure();
    return point;
}

} // namespace

Result<RestorePoint> createRestorePoint(const RestorePointRequest &request, Monitor &monitor)
{
    if (isFinished(request.folder)) {
        auto point = readRestorePoint(request.folder);
        if (!point)
            return point.failure();
        if (const auto whole = verifyDump(point->databaseFolder(), monitor); !whole)
            return whole.failure();
        return point;
    }
    if (const auto removed = removeTree(request.folder, monitor); !removed)
        return removed.failure();
    if (const auto made = makePlaceOf(request.folder, request.siteFolder); !made)
        return made.failure();
    if (const auto made = makePrivateFolder(request.folder); !made)
        return made.failure();
    return build(request, monitor);
}

} // namespace Banister
