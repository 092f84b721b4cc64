// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/folderprobe.h"

#include "base/shellword.h"
#include "products/mautic/bundled.h"

#include <QFile>

#include <array>
#include <fcntl.h>
#include <sys/stat.h>

namespace Banister {

FileOwner FileOwner::of(const QFileInfo &file)
{
    const auto id = file.ownerId();
    const auto name = file.owner();
    return {id, name.isEmpty() ? QString::number(id) : name};
}

QString FileOwner::sudo() const
{
    const auto number = QString::number(id);
    return QStringLiteral("sudo -u ") + shellWord(name == number ? u'#' + number : name);
}

std::optional<FileOwner> ownerOfNewFolder(const QDir &folder)
{
    const auto name = QFile::encodeName(folder.path());
    const auto probe = QString(Mautic::Names::WriteTest);
    struct stat before = {};
    const bool isKnown = ::stat(name.constData(), &before) == 0;
    folder.rmdir(probe); // left by a check that was killed
    std::optional<FileOwner> owner;
    if (folder.mkdir(probe))
        owner = FileOwner::of(QFileInfo(folder.filePath(probe)));
    if (!folder.rmdir(probe))
        owner.reset();
    if (isKnown) {
        const std::array<timespec, 2> times{timespec{0, UTIME_OMIT}, before.st_mtim};
        ::utimensat(AT_FDCWD, name.constData(), times.data(), 0);
    }
    return owner;
}

std::optional<OwnerDifference> ownerDifference(const QFileInfo &file, const QDir &folder)
{
    const auto maker = ownerOfNewFolder(folder);
    const auto owner = FileOwner::of(file);
    if (!maker || maker->id == owner.id)
        return {};
    return OwnerDifference{owner, *maker};
}

} // namespace Banister
