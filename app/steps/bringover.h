// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "steps/contentindex.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QList>
#include <QString>

#include <optional>

namespace Banister {

/// How the files of an area of the site are treated.
enum class AreaKind {
    Content, ///< data and pictures: the person's version wins, what the release lacks comes over
    Theme,   ///< as Content, in folders of which the release has some
    Code,    ///< only whole folders that the release does not know come over
    Program, ///< nothing comes over; a person's changes are named
};

struct Area
{
    QByteArray path; ///< relative: "media", or a single file in the root
    AreaKind kind = AreaKind::Content;
};

struct BringOverRequest
{
    QString oldTree; ///< absolute: the site before the upgrade, complete
    QList<Area> areas;
    /// Top-level names of the old release: what is not among them is the person's.
    QByteArrayList releaseRootNames;
    /// Folders of Code areas that the old release brought: "plugins/MauticCrmBundle".
    QByteArrayList releaseFolders;
    QByteArrayList ignored; ///< relative paths that other steps look after
    ContentIndex newRelease;
    /// The old release as it was delivered; without it a change cannot be told from an update.
    std::optional<ContentIndex> oldRelease;
};

enum class BringOverFate {
    Copied,    ///< comes over
    NeedsALook ///< stays in the backup; a person decides
};

/// One file, link or whole folder of the person's.
struct BringOverItem
{
    QByteArray path;
    BringOverFate fate = BringOverFate::Copied;
    bool isWholeFolder = false;
    QString reason; ///< translated
};

/// Finds what in the old tree is the person's. Changes nothing; items do not overlap.
Result<QList<BringOverItem>> findOwnFiles(const BringOverRequest &request, Monitor &monitor);

/// Copies the items from the old tree to the new one, with mode, owner, times and links; a file that
/// stands there is replaced. Repeatable.
Result<> bringOver(const QString &oldTree,
                   const QString &newTree,
                   const QList<BringOverItem> &items,
                   Monitor &monitor);

} // namespace Banister
