// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/check.h"

#include <QList>
#include <QStringList>

namespace Banister {

enum class CheckPhase { Waiting, Running, Known };

/// One line of the list of checks. A value.
struct CheckState
{
    QString code;
    QString title;
    CheckPhase phase = CheckPhase::Waiting;
    Finding finding;         ///< only where it is known
    bool isAccepted = false; ///< a person has accepted this warning

    /// Whether a run must not begin: an error, a warning nobody accepted, or not known yet.
    bool blocks() const;
};

QList<CheckState> statesOf(const Checks &checks);
bool isBlocked(const QList<CheckState> &states);
/// Accepts warnings by code; a code without a warning does nothing.
void accept(QList<CheckState> &states, const QStringList &codes);
/// Takes a new finding. An acceptance is for what was read: another finding takes it back.
void setFinding(CheckState &state, const Finding &finding);

} // namespace Banister
