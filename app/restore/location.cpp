// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/location.h"

#include "restore/rollback.h"

#include <QFile>
#include <QFileInfo>

#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace Banister {

bool entryExists(const QString &folder, const QByteArray &path)
{
    struct stat facts = {};
    return ::lstat((QFile::encodeName(folder) + '/' + path).constData(), &facts) == 0;
}

Result<FileLocation> FileLocation::find(const RestorePoint &point,
                                        const QString &siteFolder,
                                        const QString &replacedFolder)
{
    auto move = readMove(point.folder);
    if (!move)
        return move.failure();
    FileLocation location;
    location.m_move = std::move(move).value();
    // An interrupted rollback has taken the folder to its own first.
    if (const auto fetched = formerFilesIn(replacedFolder);
        !replacedFolder.isEmpty() && QFileInfo::exists(fetched)) {
        location.m_holding = fetched;
        return location;
    }
    if (point.hasCopies) {
        location.m_holding = point.copiesFolder();
        return location;
    }
    for (const auto &relative : location.m_move.holding) {
        const auto candidate = siteFolder + u'/' + relative;
        if (QFileInfo::exists(candidate)) {
            location.m_holding = candidate;
            break;
        }
    }
    return location;
}

} // namespace Banister
