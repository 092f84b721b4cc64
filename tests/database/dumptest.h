// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancelflag.h"
#include "base/monitor.h"
#include "database/databasesettings.h"
#include "support/testserver.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QString>

/// The error with its chain where a result is none.
#define VERIFY_OK(result)                                                                          \
    do {                                                                                           \
        const auto &checkedResult = (result);                                                      \
        QVERIFY2(checkedResult.isOk(),                                                             \
                 checkedResult.isError() ? qPrintable(factsOf(checkedResult.error())               \
                                                      + checkedResult.error().root().details)      \
                                         : "");                                                    \
    } while (false)

namespace Banister {

inline DatabaseSettings settingsFor(const TestServer &server, const QString &database)
{
    DatabaseSettings settings;
    settings.socket = server.socketPath();
    settings.user = server.user();
    settings.password = server.password();
    settings.name = database;
    return settings;
}

inline DatabaseSettings
settingsFor(const TestServer &server, const QString &database, const TestAccount &account)
{
    auto settings = settingsFor(server, database);
    settings.user = account.user;
    settings.password = account.password;
    return settings;
}

enum class Damage { FlippedBit, CutShort, Missing };

/// Spoils the first of a dump's files that match the pattern; gives its name.
inline QString damagePart(const QString &folder, const QString &pattern, Damage damage)
{
    auto name = QDir(folder).entryList({pattern}, QDir::Files, QDir::Name).value(0);
    QFile file(folder + '/' + name);
    if (!file.open(QIODevice::ReadWrite))
        qFatal("%s: %s", qPrintable(file.fileName()), qPrintable(file.errorString()));
    switch (damage) {
    case Damage::FlippedBit: {
        file.seek(file.size() / 2);
        const auto byte = file.peek(1);
        file.write(QByteArray(1, char(byte.at(0) ^ 0x10)));
        break;
    }
    case Damage::CutShort:
        file.resize(file.size() * 2 / 3);
        break;
    case Damage::Missing:
        file.remove();
        break;
    }
    return name;
}

/// Loads a dump as a person would: zstdcat in the order of names into the mariadb client.
inline QString loadByHand(const TestServer &server, const QString &folder, const QString &database)
{
    QProcess shell;
    const auto client =
        "mariadb '" + server.clientArguments().join("' '") + "' --comments '" + database + "'";
    shell.start("bash",
                {"-o",
                 "pipefail",
                 "-c",
                 "cd '" + folder
                     + "' && export LC_ALL=C && for part in *.sql*; do case $part in "
                       "*.zst) zstdcat $part;; *.gz) zcat $part;; *) cat $part;; esac; done | "
                     + client});
    shell.waitForFinished(120'000);
    return shell.exitCode() == 0 ? QString() : QString::fromUtf8(shell.readAllStandardError());
}

/// Wants to stop after so many reports.
class ImpatientMonitor : public SilentMonitor
{
public:
    explicit ImpatientMonitor(int patience)
        : m_patience(patience)
    {}
    void report(const Progress &) override
    {
        if (--m_patience < 0)
            m_cancel.request();
    }
    bool isCancelRequested() const override { return m_cancel.isRequested(); }

private:
    std::atomic<int> m_patience;
    CancelFlag m_cancel;
};

} // namespace Banister
