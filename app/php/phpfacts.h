// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

namespace Banister {

/// What a PHP says of itself.
struct PhpFacts
{
    QString version;   ///< "7.4.33"; what distributions add is left out
    int versionId = 0; ///< 70433
    QString sapi;      ///< "cli"
    QString os;        ///< "Linux"
    QString program;   ///< path as the server sees it; empty where PHP does not know it
    QString user;      ///< that PHP runs as; empty where PHP does not know it
    QString iniFile;   ///< as the server sees it; empty: none
    QStringList moreIniFiles;
    qint64 memoryLimit = 0;      ///< bytes; -1: unlimited
    int maxExecutionTime = 0;    ///< seconds; 0: unlimited
    QStringList extensions = {}; ///< lower case, sorted
    QStringList pdoDrivers = {}; ///< "mysql"

    bool hasExtension(const QString &name) const { return extensions.contains(name.toLower()); }

    /// PHP code for `php -r` that prints the facts.
    static QString code();
    /// Finds the facts in what was printed, whatever stands around them.
    static std::optional<PhpFacts> read(const QByteArray &output);
};

/// A size as php.ini spells it: "128M", "1G", "-1", "512k", "134217728"; -1 is unlimited.
qint64 bytesFromIni(const QString &text);

} // namespace Banister
