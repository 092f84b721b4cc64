// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/siteid.h"

#include "files/durable.h"
#include "files/privatefolder.h"
#include "restore/restorepoint.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString privateFolder(const QString &siteFolder)
{
    return siteFolder + u"/.banister"_s;
}

QString idFile(const QString &siteFolder)
{
    return privateFolder(siteFolder) + u"/site-id"_s;
}

} // namespace

QString siteIdOf(const QString &siteFolder)
{
    constexpr qint64 Longest = 100;
    const auto content = readWhole(idFile(siteFolder), Longest);
    return content ? QString::fromLatin1(content->trimmed()) : QString();
}

Result<QString> makeSiteId(const QString &siteFolder)
{
    auto id = siteIdOf(siteFolder);
    if (!id.isEmpty() || !QFileInfo(privateFolder(siteFolder)).isDir())
        return id;
    constexpr int Bytes = 16;
    id = randomHex(Bytes);
    WriteOptions options;
    options.mode = 0600;
    if (const auto written = writeDurably(idFile(siteFolder), id.toLatin1() + '\n', options);
        !written)
        return written.failure();
    return id;
}

bool isOfSite(const RestorePoint &point, const QString &siteFolder)
{
    // One folder is reached by many paths.
    if (point.siteFolder == siteFolder || QFileInfo(point.siteFolder) == QFileInfo(siteFolder))
        return true;
    const bool isInSite =
        QFileInfo(point.folder).absolutePath().startsWith(privateFolder(siteFolder) + u'/');
    const auto id = siteIdOf(siteFolder);
    if (point.siteId.isEmpty())
        return isInSite && !QFileInfo::exists(point.siteFolder);
    return point.siteId == id && (isInSite || siteIdOf(point.siteFolder) != id);
}

} // namespace Banister
