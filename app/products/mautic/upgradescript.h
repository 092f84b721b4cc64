// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QVersionNumber>

#include <optional>

namespace Banister {

/// How far Mautic's own upgrade_v3.php came, from its log (upgrade_log.txt) or from what it
/// printed. It ends with exit status 0 whatever happens.
struct ScriptReport
{
    enum class State {
        Nothing,         ///< the text is none of the script's
        Declined,        ///< a person answered no: nothing changed
        BlockedByChecks, ///< it found errors and did not start
        HasWarnings,     ///< it wants --ignore-warnings and did not start
        FirstPhaseDone,  ///< still Mautic 2: migrated and the package unpacked, files not exchanged
        Interrupted,     ///< it ends in the middle, without a word
        Failed,          ///< error() says at which step
        Finished,        ///< Mautic 3 is in place; backups lie in var/
        BackupsRemoved,  ///< finished, and there is no way back any more
    };
    State state = State::Nothing;
    QVersionNumber installed; ///< before the upgrade; null where it found no Mautic 2
    QVersionNumber php;
    QString lastActivity;       ///< its own words: "Extracting the update package..."
    QStringList findings;       ///< of the checks, as it worded them, without HTML
    std::optional<Error> error; ///< of Failed: a MauticError
};

/// Of several runs in one log the last one counts.
ScriptReport readUpgradeScript(const QByteArray &text);

} // namespace Banister
