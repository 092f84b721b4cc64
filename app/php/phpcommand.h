// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>
#include <QStringList>

namespace Banister {

/// How the PHP of a site is run: here, or through a wrapper that runs it where the site lives.
struct PhpCommand
{
    /// {"/usr/bin/php7.4"}, {"ssh", "web1", "php"}, {"docker", "exec", "-i", "web", "php"}
    QStringList command = {QStringLiteral("php")};
    QString localFolder = {};  ///< the site as seen from here
    QString serverFolder = {}; ///< the same folder as that PHP sees it; empty: the same path
    QStringList options = {};  ///< of PHP, before the script: {"-d", "memory_limit=512M"}

    /// What a person typed; options and folders stay empty.
    static Result<PhpCommand> fromText(const QString &text);
    QString toText() const;

    /// The path as that PHP sees it. The error is PhpError::OutsideMapping.
    Result<QString> toServer(const QString &localPath) const;
    /// A path that PHP names as seen from here; unchanged where it is outside of the site.
    QString toLocal(const QString &serverPath) const;

    /// Whether the last words pass through a shell on another computer (ssh). They are quoted for
    /// it then; the words of `command` are not, as a person types them for that shell.
    bool isThroughShell() const;
    /// Program and arguments, options included.
    QStringList withArguments(const QStringList &arguments) const;

    friend bool operator==(const PhpCommand &, const PhpCommand &) = default;
};

} // namespace Banister
