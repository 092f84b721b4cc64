// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/space.h"
#include "php/phparray.h"
#include "products/mautic/configchanges.h"
#include "products/mautic/mauticsite.h"
#include "products/mautic/ownfiles.h"
#include "products/mautic/sitesize.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("MauticPreview", sentence);
}

QString bytes(qint64 count)
{
    return QLocale().formattedDataSize(count);
}

Result<QList<Customisation>> customisationsOf(const MauticFacts &facts, Monitor &monitor)
{
    QList<Customisation> found;
    // Without the package at hand nothing can be compared yet.
    if (!QFileInfo(facts.settings.package).isFile())
        return found;
    const auto request = mauticOwnFiles(
        facts.settings.folder, facts.settings.package, facts.settings.originalPackage);
    if (!request)
        return request.failure();
    auto withoutOurs = *request;
    withoutOurs.ignored.append(".banister");
    const auto items = findOwnFiles(withoutOurs, monitor);
    if (!items)
        return items.failure();
    for (const auto &item : *items) {
        found.append(
            {QFile::decodeName(item.path),
             item.fate == BringOverFate::Copied ? CustomFate::BroughtOver : CustomFate::NeedsALook,
             item.reason});
    }
    return found;
}

} // namespace

Result<PlanPreview> mauticPreview(const MauticFacts &facts, Monitor &monitor)
{
    const auto size = measureSite(facts, monitor);
    if (!size)
        return size.failure();
    PlanPreview preview;
    const QLocale locale;
    const auto backup =
        facts.settings.backupFolder.isEmpty() ? facts.settings.folder : facts.settings.backupFolder;
    preview.facts.append(
        {text("Site"),
         text("%1 files, %2").arg(locale.toString(size->files), bytes(size->fileBytes))});
    preview.facts.append({text("Database"),
                          text("%1 tables, about %2 rows, %3")
                              .arg(locale.toString(size->tables),
                                   locale.toString(size->rows),
                                   bytes(size->databaseBytes))});
    preview.facts.append({text("Restore point"),
                          text("at most %1, in %2").arg(bytes(size->restorePointBytes()), backup)});
    preview.facts.append(
        {text("Upgrade"), text("%1 beside the site").arg(bytes(size->workBytes()))});
    preview.restorePointBytes = size->restorePointBytes();
    preview.bytesNeeded = size->restorePointBytes() + size->workBytes();
    const auto space = spaceOf(facts.settings.folder);
    if (space) {
        preview.bytesFree = space->freeBytes;
        preview.facts.append({text("Free space"), bytes(space->freeBytes)});
    }
    // Measured: about so many bytes of files or rows a second, with a hash of each.
    constexpr qint64 BytesPerSecond = 150'000'000;
    constexpr qint64 BytesPerRow = 800;
    const auto seconds = 60 + (size->fileBytes + size->rows * BytesPerRow) / BytesPerSecond;
    const auto minutes = int(seconds / 60 + 1);
    preview.facts.append(
        {text("Time"),
         QCoreApplication::translate("MauticPreview", "about %n minute(s)", nullptr, minutes)});
    auto customisations = customisationsOf(facts, monitor);
    if (!customisations)
        return customisations.failure();
    preview.customisations = std::move(customisations).value();
    auto changed = facts.configuration.localFile();
    applyConfigurationChanges(changed);
    preview.configurationDiff = configurationDifference(facts.configuration.localFile(), changed);
    return preview;
}

} // namespace Banister
