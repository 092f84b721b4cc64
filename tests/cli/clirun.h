// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QProcess>
#include <QString>
#include <QStringList>

namespace Banister {

/// What a call of banister-cli with --json left.
struct CliRun
{
    int status = -1; ///< -1 where it was killed, or did not end in time
    QByteArray out;
    QByteArray err;
    QList<QJsonObject> lines; ///< of standard output

    /// The codes of the last error that was told, from the top of its chain to the bottom.
    QStringList codes() const;
    /// Its facts, one a line, and the details of its root.
    QString facts() const;
    /// Codes of the checks that block.
    QStringList failedChecks() const;
    QStringList warnedChecks() const;
    /// The finding of one check.
    QJsonObject finding(const QString &check) const;
    /// The last step that was begun; empty where none was.
    QString lastStep() const;
    /// Status, facts and standard error, for the message of a test that fails.
    QByteArray told() const;
};

/// Calls banister-cli and waits for its end.
CliRun runCli(const QStringList &arguments);

/// The same for a call that the test looks at, or stops, while it goes on.
void startCli(QProcess &process, const QStringList &arguments);
CliRun finishCli(QProcess &process);

} // namespace Banister
