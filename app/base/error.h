// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/errorcode.h"

#include <QJsonObject>
#include <QString>

#include <memory>

namespace Banister {

/// One thing that went wrong. A value; cheap to copy.
struct Error
{
    ErrorCode code;
    QString fact;    ///< one translated sentence naming the file, table, statement or exit status
    QString details; ///< output, statement, path, as they came: untranslated, secrets removed
    QString cure;    ///< id of a mechanical remedy; empty where only a person can help
    /// What a lower room found; null at the root of the chain.
    std::shared_ptr<const Error> cause = nullptr;

    /// This error on top of the one that led to it.
    Error because(Error lower) &&;
    /// The lowest error of the chain: this one where it has no cause.
    const Error &root() const;
    /// Whether this error or one below it has the code.
    bool has(const ErrorCode &wanted) const;

    QJsonObject toJson() const;
    static Error fromJson(const QJsonObject &json);
};

/// All facts of the chain, the top one first, one a line.
QString factsOf(const Error &error);

} // namespace Banister
