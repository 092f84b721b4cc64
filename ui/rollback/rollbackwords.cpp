// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollback/rollbackwords.h"

#include "ui/support/wording.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister::RollbackWords {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(RollbackWords)
};

QString timeText(const QDateTime &time)
{
    return QLocale().toString(time.toLocalTime(), QLocale::ShortFormat);
}

QString files(qint64 count)
{
    return Words::tr("%Ln file(s)", nullptr, int(count));
}

QString tables(qint64 count)
{
    return Words::tr("%Ln table(s)", nullptr, int(count));
}

QString joined(const QStringList &parts)
{
    if (parts.size() < 2)
        return parts.join(QString());
    return Words::tr("%1 and %2", "the last two of a list")
        .arg(parts.mid(0, parts.size() - 1).join(u", "_s), parts.constLast());
}

QStringList numbersOfPaths(const QStringList &paths, const PointContents &contents)
{
    const auto folders = std::count_if(paths.begin(), paths.end(), [&](const QString &path) {
        return std::any_of(
            contents.entries.begin(), contents.entries.end(), [&path](const auto &entry) {
                return entry.name == path && entry.isFolder;
            });
    });
    QStringList parts;
    if (folders > 0)
        parts.append(Words::tr("%Ln folder(s)", nullptr, int(folders)));
    if (folders < paths.size())
        parts.append(files(paths.size() - folders));
    return parts;
}

} // namespace

QString originOf(const RestorePoint &point)
{
    switch (point.origin) {
    case PointOrigin::Upgrade:
        return Words::tr("Before an upgrade");
    case PointOrigin::Rollback:
        return Words::tr("Before a rollback");
    case PointOrigin::Foreign:
        return Words::tr("Taken over from %1")
            .arg(point.foreign ? point.foreign->program : QString());
    case PointOrigin::Person:
        break;
    }
    return Words::tr("Made by hand");
}

QString numbersOf(const RestorePoint &point,
                  const RollbackSelection &selection,
                  const PointContents &contents)
{
    QStringList parts;
    if (selection.hasAllFiles())
        parts.append(files(point.fileCount));
    else if (selection.files)
        parts += numbersOfPaths(selection.paths, contents);
    if (selection.database)
        parts.append(
            tables(selection.tables.isEmpty() ? point.tableCount : selection.tables.size()));
    return joined(parts);
}

QString about(const RestorePoint &point)
{
    const auto &notes = point.notes;
    QStringList sentences;
    if (notes.used.isValid())
        sentences.append(Words::tr("Used up: a rollback moved its files back into the site on %1, "
                                   "so it cannot be rolled back to any more.")
                             .arg(timeText(notes.used)));
    sentences.append(
        notes.verified.isValid()
            ? Words::tr("Last read back and found right on %1.").arg(timeText(notes.verified))
            : Words::tr("Not read back yet; that is the first step of a rollback."));
    if (notes.isFrozen)
        sentences.append(Words::tr("Frozen: it is never cleaned up."));
    sentences.append(Words::tr("It is in %1.").arg(point.folder));
    sentences += unprovenOf(point);
    return sentences.join(u' ');
}

QString lossOf(const std::optional<LossPreview> &preview, const RollbackSelection &selection)
{
    if (!preview)
        return Words::tr("The site was not compared with the restore point, so what would be lost "
                         "is not known.");
    QStringList parts;
    if (selection.files) {
        const auto changed =
            std::count_if(preview->files.begin(), preview->files.end(), [&](const auto &file) {
                return file.isSince && selection.includes(file.path);
            });
        if (changed > 0)
            parts.append(Words::tr("%Ln file(s) written since", nullptr, int(changed)));
    }
    qint64 added = 0;
    qint64 updated = 0;
    for (const auto &table : preview->tables) {
        if (!selection.database
            || (!selection.tables.isEmpty() && !selection.tables.contains(table.table)))
            continue;
        added += std::max<qint64>(0, table.added);
        updated += std::max<qint64>(0, table.changed);
    }
    if (added > 0)
        parts.append(Words::tr("%Ln new row(s)", nullptr, int(added)));
    if (updated > 0)
        parts.append(Words::tr("%Ln changed row(s)", nullptr, int(updated)));
    if (parts.isEmpty())
        return Words::tr("Nothing that people or the site wrote since was found.");
    return Words::tr("What goes: %1.").arg(joined(parts));
}

} // namespace Banister::RollbackWords
