// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "steps/topentries.h"

#include "files/fileerror.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <memory>
#include <sys/stat.h>

namespace Banister {

Result<QList<QByteArray>> topEntries(const QString &folder)
{
    const auto close = [](DIR *stream) { ::closedir(stream); };
    const std::unique_ptr<DIR, decltype(close)> stream(
        ::opendir(QFile::encodeName(folder).constData()), close);
    if (!stream)
        return fileError(errno, QCoreApplication::translate("TopEntries", "reading"), folder);
    QList<QByteArray> names;
    // One stream, one thread: readdir is safe here.
    while (const auto *entry = ::readdir(stream.get())) { // NOLINT(concurrency-mt-unsafe)
        const QByteArray name(static_cast<const char *>(entry->d_name));
        if (name != "." && name != "..")
            names.append(name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

bool entryStands(const QString &folder, const QByteArray &name)
{
    struct stat facts = {};
    return ::lstat((QFile::encodeName(folder) + '/' + name).constData(), &facts) == 0;
}

QString freeName(const QString &folder, const QByteArray &name)
{
    auto candidate = name;
    for (int number = 2; entryStands(folder, candidate); ++number)
        candidate = name + '.' + QByteArray::number(number);
    return folder + QLatin1Char('/') + QFile::decodeName(candidate);
}

} // namespace Banister
