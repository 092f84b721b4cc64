// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/space.h"

#include "files/fileerror.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <cerrno>
#include <sys/stat.h>
#include <sys/statvfs.h>

namespace Banister {

Result<SpaceFacts> spaceOf(const QString &path)
{
    auto name = QFile::encodeName(QDir::cleanPath(QDir::current().absoluteFilePath(path)));
    struct stat where = {};
    while (stat(name.constData(), &where) != 0) {
        const auto slash = name.lastIndexOf('/');
        if (errno != ENOENT || name == "/")
            return fileError(
                errno, QCoreApplication::translate("Files", "The free space is not known"), path);
        name.truncate(std::max<qsizetype>(slash, 1));
    }
    struct statvfs facts = {};
    if (statvfs(name.constData(), &facts) != 0)
        return fileError(
            errno, QCoreApplication::translate("Files", "The free space is not known"), path);
    SpaceFacts space;
    space.freeBytes = qint64(facts.f_bavail) * qint64(facts.f_frsize);
    space.totalBytes = qint64(facts.f_blocks) * qint64(facts.f_frsize);
    space.freeInodes = facts.f_files > 0 ? qint64(facts.f_favail) : -1;
    space.fileSystem = where.st_dev;
    space.path = QFile::decodeName(name);
    return space;
}

} // namespace Banister
