// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "php/phparray.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Banister {

/// One thing that Mautic 3 wants otherwise in local.php.
struct ConfigChange
{
    QByteArray key;
    PhpValue before;
    std::optional<PhpValue> after; ///< none: the key goes
    QString reason;                ///< translated
    bool isDecision = false;       ///< a person may want it otherwise

    friend bool operator==(const ConfigChange &, const ConfigChange &) = default;
};

/// What a person decided otherwise.
struct ConfigDecisions
{
    /// Mautic's own script sets 5.7 on every server, on MariaDB too.
    bool keepServerVersion = false;
};

/// What the upgrade to Mautic 3 changes (upgrade_v3.php of 2.16.5, and UPGRADE-3.0.md), in the
/// order of the file. Empty for a file that was changed before. Values that are taken from the
/// environment or put together by PHP stay: see notesOn().
QList<ConfigChange> configurationChanges(const PhpArrayFile &file,
                                         const ConfigDecisions &decisions = {});

/// Makes those changes; everything else keeps its value, type, place and comments.
void applyConfigurationChanges(PhpArrayFile &file, const ConfigDecisions &decisions = {});

/// Sentences for a person, on what the changes do not reach: keys that parameters_local.php sets
/// again, and values that PHP puts together. Translated.
QStringList notesOn(const PhpArrayFile &file, const std::optional<PhpArrayFile> &overrides);

/// The difference between two texts as `diff -u` shows it, without secrets: "@@ -3,7 +3,6 @@",
/// lines that begin with " ", "-" and "+". Empty where nothing a person may see differs.
QString configurationDifference(const PhpArrayFile &before, const PhpArrayFile &after);

/// The same for any two texts; nothing is masked.
QString unifiedDifference(const QString &before, const QString &after, int context = 3);

} // namespace Banister
