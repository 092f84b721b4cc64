// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/errorcode.h"

#include <QString>

#include <optional>

namespace Banister {

/// What was recognised in a plain console text, and where.
struct PhpFinding
{
    ErrorCode code;
    QString fact; ///< translated; secrets not yet taken out
    qsizetype offset = 0;
};

/// The first rule that fits, the more telling ones first.
std::optional<PhpFinding> findPhpFailure(const QString &text);

/// What the database server, or the way to it, answered: SQLSTATE and the server's number.
std::optional<PhpFinding> findSqlFailure(const QString &text);

/// The extension of PHP that a class or function belongs to; empty where it is none of PHP's.
QString extensionOfClass(const QString &name);
QString extensionOfFunction(const QString &name);

} // namespace Banister
