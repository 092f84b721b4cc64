// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "practice/mauticsite.h"

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <optional>

namespace Banister {

/// What a console printed.
struct ConsoleOutput
{
    int status = -1;
    QString out;
    QString err;
};

/// A small Mautic site in a temporary folder, its consoles, and its database.
class PracticeFixture
{
public:
    ~PracticeFixture();

    /// Empty: built. Else why not.
    QString build(const MauticSiteOptions &options = {.files = 0, .rows = 500});
    const PracticeSite &site() const { return *m_site; }
    QString path(const QString &name) const { return m_site->sitePath() + u'/' + name; }

    /// app/console, or bin/console where the site is of 3.x; with the options Banister uses.
    ConsoleOutput console(const QStringList &arguments, const QStringList &phpOptions = {}) const;
    /// As a person types it: without --no-interaction.
    ConsoleOutput plainConsole(const QStringList &arguments,
                               const QStringList &phpOptions = {}) const;

    /// Rows of the first column; the first entry starts with "error:" where it failed.
    QStringList sql(const QString &statement) const;

    /// As an administrator of the database server; comments in routines are kept. Empty, or what the
    /// server complained about.
    QString adminSql(const QString &statement) const;
    /// The database as mariadb-dump writes it: an independent witness for comparisons.
    QByteArray databaseDump(const QStringList &options = {}) const;

    QByteArray read(const QString &name) const;
    void write(const QString &name, const QByteArray &content) const;
    void replace(const QString &name, const QByteArray &before, const QByteArray &after) const;

    /// Puts the files of the 3.0.2 package in the place of the site's and brings local.php back.
    bool replaceFiles();
    /// Records the five outstanding 2.x migrations as executed.
    void finishVersion2() const;

private:
    /// What one of MariaDB's own programs prints; the password is not among its arguments.
    QByteArray administrator(const QString &program, const QStringList &arguments) const;

    QTemporaryDir m_folder;
    std::optional<PracticeSite> m_site;
};

} // namespace Banister
