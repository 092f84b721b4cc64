// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace Banister {

/// What a page of the site answered. Redirections are followed, or judged one by one.
struct FrontAnswer
{
    int status = 0;   ///< of HTTP
    QString location; ///< where it redirects to
    QByteArray body;
};

/// Nothing where Mautic works as far as this page tells; otherwise a MauticFrontError. The login
/// page (/s/login) tells most: others only redirect to it. That files of Mautic 3 stand on a
/// database of Mautic 2 does not show there.
std::optional<Error> judgeFront(const FrontAnswer &answer, const QString &address);

} // namespace Banister
