// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/foldertime.h"

#include "files/fileerror.h"

#include <QCoreApplication>
#include <QFile>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

namespace Banister {

namespace {

constexpr qint64 NsPerSecond = 1'000'000'000;

} // namespace

qint64 folderTime(const QString &folder)
{
    struct stat facts = {};
    if (::lstat(QFile::encodeName(folder).constData(), &facts) != 0)
        return 0;
    return qint64(facts.st_mtim.tv_sec) * NsPerSecond + facts.st_mtim.tv_nsec;
}

Result<> setFolderTime(const QString &folder, qint64 modifiedNs)
{
    const timespec time{time_t(modifiedNs / NsPerSecond), long(modifiedNs % NsPerSecond)};
    const std::array<timespec, 2> times{timespec{0, UTIME_OMIT}, time};
    const auto path = QFile::encodeName(folder);
    if (::utimensat(AT_FDCWD, path.constData(), times.data(), AT_SYMLINK_NOFOLLOW) != 0
        && errno != ENOENT && errno != EPERM)
        return fileError(
            errno,
            QCoreApplication::translate("Files", "The time of the folder cannot be set"),
            folder);
    return Success;
}

FolderTimeKeeper::FolderTimeKeeper(const QString &folder)
    : m_folder(folder)
    , m_modifiedNs(folderTime(folder))
{}

FolderTimeKeeper::~FolderTimeKeeper()
{
    // A time is not worth stopping for.
    if (m_modifiedNs != 0)
        static_cast<void>(setFolderTime(m_folder, m_modifiedNs));
}

} // namespace Banister
