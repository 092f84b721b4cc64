// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/filesback.h"

#include "files/durable.h"

#include <QFile>

#include <algorithm>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr qint64 NsPerSecond = 1'000'000'000;

QString markOf(const QString &replacedFolder)
{
    return replacedFolder + u"/files-back"_s;
}

/// 0 where nothing is there.
qint64 changedNs(const QByteArray &path)
{
    struct stat facts = {};
    if (lstat(path.constData(), &facts) != 0)
        return 0;
    return qint64(facts.st_ctim.tv_sec) * NsPerSecond + facts.st_ctim.tv_nsec;
}

} // namespace

Result<> FilesBack::mark(const QString &replacedFolder)
{
    return writeDurably(markOf(replacedFolder), {});
}

FilesBack FilesBack::read(const QString &replacedFolder)
{
    FilesBack back;
    back.m_changedNs = changedNs(QFile::encodeName(markOf(replacedFolder)));
    return back;
}

bool FilesBack::isOlderThan(const QString &siteFolder, const QByteArray &path) const
{
    return m_changedNs != 0 && changedNs(QFile::encodeName(siteFolder) + '/' + path) > m_changedNs;
}

bool FilesBack::mayBeOlderThanRemoval(const QString &siteFolder, const QByteArray &path) const
{
    auto folder = path;
    while (!folder.isEmpty() && changedNs(QFile::encodeName(siteFolder) + '/' + folder) == 0)
        folder.truncate(std::max<qsizetype>(folder.lastIndexOf('/'), 0));
    return isOlderThan(siteFolder, folder);
}

} // namespace Banister
