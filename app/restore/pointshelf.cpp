// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/pointshelf.h"

#include "restore/restoreerror.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include <array>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

using Kind = PointLeftover::Kind;

constexpr auto RemovedMark = ".removed-"_L1;
constexpr auto MovingMark = ".moving-"_L1;

constexpr std::array<std::pair<Kind, QLatin1StringView>, 6> Names{{
    {Kind::Unfinished, "unfinished"_L1},
    {Kind::Removed, "removed"_L1},
    {Kind::Moved, "moved"_L1},
    {Kind::Unreadable, "unreadable"_L1},
    {Kind::Unreachable, "unreachable"_L1},
    {Kind::OtherSite, "otherSite"_L1},
}};

QString text(const char *sentence)
{
    return QCoreApplication::translate("RestorePoint", sentence);
}

QString marked(const QString &pointFolder, QLatin1StringView mark)
{
    const QFileInfo info(pointFolder);
    return info.path() + u'/' + mark + info.fileName();
}

/// SITE-yyyyMMdd-HHmmss-TOKEN; in the site itself without its name.
bool isCalledLikeOne(const QString &name)
{
    static const QRegularExpression pattern(u"^(.+-)?[0-9]{8}-[0-9]{6}-[0-9a-f]{32}$"_s);
    return pattern.match(name).hasMatch();
}

Error unusable(RestoreError code, const QString &fact)
{
    return {code, fact, {}, {}};
}

PointLeftover unreachable(const QString &folder, const QString &target)
{
    if (QFileInfo(removedFolder(target)).isDir())
        return {folder, Kind::Removed, {}};
    return {folder,
            Kind::Unreachable,
            unusable(RestoreError::NotReachable,
                     text("The restore point %1 was moved to %2, which is not there now.")
                         .arg(QFileInfo(folder).fileName(), target))};
}

/// Nothing for a whole restore point, and for what is no affair of Banister's.
std::optional<PointLeftover> leftoverAt(const QFileInfo &info)
{
    const auto name = info.fileName();
    const auto folder = info.filePath();
    for (const auto &[mark, kind] :
         {std::pair(RemovedMark, Kind::Removed), std::pair(MovingMark, Kind::Moved)}) {
        if (name.startsWith(mark) && isCalledLikeOne(name.mid(mark.size())))
            return PointLeftover{folder, kind, {}};
    }
    if (!isCalledLikeOne(name))
        return {};
    if (info.isSymLink() && !info.exists())
        return unreachable(folder, info.symLinkTarget());
    if (isUnfinished(folder)) {
        return PointLeftover{folder,
                             Kind::Unfinished,
                             unusable(RestoreError::PointUnreadable,
                                      text("The restore point %1 was not finished, or lost its "
                                           "manifest.json.")
                                          .arg(name))};
    }
    return {};
}

} // namespace

QString PointLeftover::id() const
{
    auto name = QFileInfo(folder).fileName();
    for (const auto &mark : {RemovedMark, MovingMark}) {
        if (name.startsWith(mark))
            return name.mid(mark.size());
    }
    return name;
}

QString nameOf(PointLeftover::Kind kind)
{
    return Names.at(size_t(kind)).second;
}

PointShelf readShelf(const QString &folder)
{
    PointShelf shelf;
    const auto entries = QDir(folder).entryInfoList(QDir::Dirs | QDir::Files | QDir::Hidden
                                                    | QDir::System | QDir::NoDotAndDotDot);
    for (const auto &info : entries) {
        if (!info.isDir() && !info.isSymLink())
            continue;
        if (auto leftover = leftoverAt(info)) {
            shelf.leftovers.append(*std::move(leftover));
            continue;
        }
        auto point = readRestorePoint(info.filePath());
        if (point)
            shelf.points.append(std::move(point).value());
        else if (isCalledLikeOne(info.fileName()) && point.isError())
            shelf.leftovers.append({info.filePath(), Kind::Unreadable, point.error()});
    }
    return shelf;
}

PointLeftover strangerOf(const RestorePoint &point, const QString &siteFolder)
{
    return {point.folder,
            Kind::OtherSite,
            unusable(RestoreError::OtherSite,
                     text("The restore point %1 was made of the site in %2, not of the one in %3.")
                         .arg(point.id(), point.siteFolder, siteFolder))};
}

QString removedFolder(const QString &pointFolder)
{
    return marked(pointFolder, RemovedMark);
}

QString movingFolder(const QString &pointFolder)
{
    return marked(pointFolder, MovingMark);
}

} // namespace Banister
