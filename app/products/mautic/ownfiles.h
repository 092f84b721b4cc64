// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "steps/bringover.h"

#include <QByteArrayList>
#include <QString>

namespace Banister {

/// What to look for in a Mautic 2 tree: the areas that hold a person's files, and what the releases
/// of Mautic 2.16 bring.
/// \param oldTree the site before the upgrade
/// \param package release to upgrade to (zip)
/// \param originalPackage release that runs (zip); may be empty
Result<BringOverRequest>
mauticOwnFiles(const QString &oldTree, const QString &package, const QString &originalPackage);

/// The top-level names of Mautic 2.16 and of what its releases leave behind; raw bytes.
const QByteArrayList &mauticRootNames();

/// Whether the item is a plugin that was installed by a person: its name; empty otherwise.
QByteArray pluginName(const BringOverItem &item);

} // namespace Banister
