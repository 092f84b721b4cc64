// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancelflag.h"
#include "base/monitor.h"
#include "database/databasesettings.h"
#include "support/testserver.h"

#include <QProcess>
#include <QString>

/// The error with its chain where a result is none.
#define VERIFY_OK(result)                                                                          \
    QVERIFY2((result).isOk(),                                                                      \
             (result).isError()                                                                    \
                 ? qPrintable(factsOf((result).error()) + (result).error().root().details)         \
                 : "")

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
