// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QProcess>
#include <QStringList>

namespace Banister::Test {

/// How another process of this test program ended.
struct ChildEnd
{
    bool wasKilled = false;
    int exitCode = -1;
    QByteArray output; ///< standard output and error
};

inline ChildEnd waitFor(QProcess &process)
{
    if (!process.waitForFinished(60'000))
        process.kill();
    process.waitForFinished(5'000);
    return {process.exitStatus() == QProcess::CrashExit, process.exitCode(), process.readAll()};
}

/// Starts this test program again; its main() looks at the arguments before it runs tests.
inline void
startSelf(QProcess &process,
          const QStringList &arguments,
          const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment())
{
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QCoreApplication::applicationFilePath(), arguments);
}

/// The same in a mount namespace where the folder is a file system of its own, with so many bytes.
inline void startSelfOnSmallDisk(QProcess &process,
                                 const QString &folder,
                                 qint64 sizeInBytes,
                                 const QStringList &arguments)
{
    process.setProcessChannelMode(QProcess::MergedChannels);
    const QString script = R"(mount -t tmpfs -o size="$1" tmpfs "$2" && shift 2 && exec "$@")";
    process.start("unshare",
                  QStringList{"-rm",
                              "sh",
                              "-c",
                              script,
                              "sh",
                              QString::number(sizeInBytes),
                              folder,
                              QCoreApplication::applicationFilePath()}
                      + arguments);
}

} // namespace Banister::Test
