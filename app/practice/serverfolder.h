// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QCoreApplication>
#include <QString>

namespace Banister {

/// The folder that a private MariaDB server lives in: data files, account, log.
///
/// data/ holds the data files, server.json (0600) the account and where the server listens,
/// server.log what it printed, tmp/ its temporary files. The folder itself is 0700.
class ServerFolder
{
    Q_DECLARE_TR_FUNCTIONS(ServerFolder)

public:
    explicit ServerFolder(const QString &path);

    const QString &path() const { return m_path; }
    QString dataPath() const { return m_path + QStringLiteral("/data"); }
    QString logPath() const { return m_path + QStringLiteral("/server.log"); }
    QString pidPath() const { return m_path + QStringLiteral("/server.pid"); }
    QString lockPath() const { return m_path + QStringLiteral("/server.lock"); }
    QString temporaryPath() const { return m_path + QStringLiteral("/tmp"); }

    /// Makes data files and an account with a random password, unless they are there already.
    /// What an interrupted try left is removed. Takes about half a second.
    Result<> initialise();
    bool isInitialised() const;
    /// Reads server.json.
    Result<> load();
    /// Writes server.json, only readable for this user, in place of the present one at once.
    Result<> save() const;

    /// Decides where the server will listen. The socket stands in the folder; where that path is
    /// too long for a socket (107 bytes), or one that Qt's driver cannot use, in a folder of this
    /// user's under the temporary folder.
    Result<> chooseAddress(bool overTcp);

    /// The process that serves these data files now; 0 for none.
    qint64 runningProcess() const;
    /// Whether a server answers on the socket.
    bool answers() const;

    QString user;
    QString password;
    QString socketPath;
    int port = 0; ///< on 127.0.0.1; 0: no TCP

    /// The program's path, or its absence as an error; sbin folders are searched too.
    static Result<QString> findProgram(const QString &name);

private:
    QString unfinishedDataPath() const { return m_path + QStringLiteral("/data.new"); }
    Result<> makeFolder(const QString &path) const;
    Result<> bootstrap(const QString &program, const QByteArray &script) const;

    QString m_path; ///< absolute
};

} // namespace Banister
