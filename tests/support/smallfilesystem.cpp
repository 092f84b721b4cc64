// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/smallfilesystem.h"

#include <QFile>

#include <cerrno>
#include <cstring>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <vector>

namespace Banister {

namespace {

void require(int result, const char *action, const QString &path)
{
    if (result != 0)
        qFatal("%s %s: %s", action, qPrintable(path), strerror(errno));
}

QByteArray tmpfsOptions(qint64 sizeInBytes, int inodes)
{
    auto options = "mode=0755,size=" + QByteArray::number(sizeInBytes);
    if (inodes > 0)
        options += ",nr_inodes=" + QByteArray::number(inodes);
    return options;
}

} // namespace

void enterPrivateMounts(char **argv)
{
    // Called before there is a second thread. NOLINTBEGIN(concurrency-mt-unsafe)
    if (getenv("BANISTER_PRIVATE_MOUNTS"))
        return;
    setenv("BANISTER_PRIVATE_MOUNTS", "1", 1);
    // NOLINTEND(concurrency-mt-unsafe)
    std::vector<char *> arguments{const_cast<char *>("unshare"),
                                  const_cast<char *>(geteuid() == 0 ? "-m" : "-rm"),
                                  const_cast<char *>("/proc/self/exe")};
    const auto self = QFile::symLinkTarget(QStringLiteral("/proc/self/exe")).toLocal8Bit();
    arguments.back() = const_cast<char *>(self.constData());
    for (char **argument = argv + 1; *argument; ++argument)
        arguments.push_back(*argument);
    arguments.push_back(nullptr);
    execvp("unshare", arguments.data());
    qFatal("unshare (util-linux) cannot be started: %s", strerror(errno));
}

bool canBeOthers()
{
    // Lines of "first id inside, first id outside, how many".
    QFile map(QStringLiteral("/proc/self/uid_map"));
    if (geteuid() != 0 || !map.open(QIODevice::ReadOnly))
        return false;
    const auto first = map.readLine().simplified().split(' ');
    return first.size() == 3 && first.at(2).toLongLong() > 65534;
}

SmallFileSystem::SmallFileSystem(qint64 sizeInBytes, int inodes)
{
    require(mount("none",
                  QFile::encodeName(path()).constData(),
                  "tmpfs",
                  0,
                  tmpfsOptions(sizeInBytes, inodes).constData()),
            "mount",
            path());
}

SmallFileSystem::~SmallFileSystem()
{
    umount2(QFile::encodeName(path()).constData(), MNT_DETACH);
}

void SmallFileSystem::resize(qint64 sizeInBytes)
{
    require(mount("none",
                  QFile::encodeName(path()).constData(),
                  "tmpfs",
                  MS_REMOUNT,
                  tmpfsOptions(sizeInBytes, 0).constData()),
            "remount",
            path());
}

ReadOnlyMount::ReadOnlyMount(const QString &folder)
    : m_folder(folder)
{
    const auto name = QFile::encodeName(folder);
    require(mount(name.constData(), name.constData(), nullptr, MS_BIND, nullptr), "bind", folder);
    // Flags of the mount below may not be dropped in a user namespace.
    struct statvfs facts = {};
    require(statvfs(name.constData(), &facts), "statvfs", folder);
    auto flags = static_cast<unsigned long>(MS_REMOUNT | MS_BIND | MS_RDONLY);
    flags |= (facts.f_flag & ST_NOSUID) ? static_cast<unsigned long>(MS_NOSUID) : 0UL;
    flags |= (facts.f_flag & ST_NODEV) ? static_cast<unsigned long>(MS_NODEV) : 0UL;
    flags |= (facts.f_flag & ST_NOEXEC) ? static_cast<unsigned long>(MS_NOEXEC) : 0UL;
    require(mount(nullptr, name.constData(), nullptr, flags, nullptr), "make read-only", folder);
}

ReadOnlyMount::~ReadOnlyMount()
{
    umount2(QFile::encodeName(m_folder).constData(), MNT_DETACH);
}

} // namespace Banister
