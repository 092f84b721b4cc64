// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/backupplace.h"

#include "products/mautic/folderprobe.h"
#include "products/mautic/mauticerror.h"
#include "products/mautic/ownfiles.h"
#include "products/mautic/upgrade.h"
#include "steps/topentries.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("BackupPlace", sentence);
}

Error unsuitable(const QString &fact)
{
    return {MauticSiteError::BackupFolderUnsuitable, fact, {}, {}};
}

/// The folder itself, or what of its parents is there; a link that leads nowhere is there too.
QString standingPart(QString path)
{
    while (!QFileInfo(path).isSymLink() && !QFileInfo::exists(path) && path != "/"_L1)
        path = path.left(std::max<qsizetype>(path.lastIndexOf(u'/'), 1));
    return path;
}

QString canonical(const QString &path)
{
    const auto absolute = QFileInfo(path).absoluteFilePath();
    const auto standing = standingPart(absolute);
    return QDir::cleanPath(QFileInfo(standing).canonicalFilePath() + u'/'
                           + absolute.mid(standing.size()));
}

/// The path below a folder: empty for the folder itself, nothing for one outside.
std::optional<QString> below(const QString &folder, const QString &path)
{
    if (path == folder)
        return QString();
    const auto root = folder.endsWith(u'/') ? folder : folder + u'/';
    if (!path.startsWith(root))
        return std::nullopt;
    return path.mid(root.size());
}

/// The folder as seen from the site's, which is canonical: where it is, and by each way through the
/// site that its path takes. A link in the site may lead out of it, but is moved with the site.
QStringList waysWithin(const QString &site, const QString &folder)
{
    QStringList ways;
    if (const auto relative = below(site, canonical(folder)))
        ways.append(*relative);
    const auto path = QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
    for (auto slash = path.indexOf(u'/', 1); slash > 0; slash = path.indexOf(u'/', slash + 1)) {
        if (canonical(path.left(slash)) == site)
            ways.append(path.mid(slash + 1));
    }
    return ways;
}

/// SITE-yyyyMMdd-HHmmss-TOKEN, also of one that was not finished.
bool isRestorePoint(const QFileInfo &entry)
{
    static const QRegularExpression name(u"^.+-[0-9]{8}-[0-9]{6}-[0-9a-f]{32}$"_s);
    return entry.isDir() && !entry.isSymLink() && name.match(entry.fileName()).hasMatch();
}

QFileInfoList entriesOf(const QString &folder)
{
    return QDir(folder).entryInfoList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden
                                      | QDir::System);
}

/// Whether nothing but the way to the folder, and restore points in it, stands below the site's entry.
bool isOwn(const QString &entry, const QString &rest)
{
    if (QFileInfo(entry).isSymLink() || !QFileInfo(entry).isDir())
        return false;
    const auto entries = entriesOf(entry);
    if (rest.isEmpty())
        return std::all_of(entries.begin(), entries.end(), &isRestorePoint);
    const auto next = rest.section(u'/', 0, 0);
    return entries.isEmpty()
           || (entries.size() == 1 && entries.first().fileName() == next
               && isOwn(entry + u'/' + next, rest.section(u'/', 1)));
}

Result<> checkWithin(const QString &site, const QString &relative)
{
    const auto top = relative.section(u'/', 0, 0);
    MauticUpgrade upgrade;
    upgrade.settings.folder = site;
    const bool isNeeded = upgrade.ownEntries().contains(top) || top == "var"_L1
                          || mauticRootNames().contains(QFile::encodeName(top));
    if (isNeeded) {
        return unsuitable(text("The upgrade itself needs %1; restore points cannot be kept there.")
                              .arg(site + u'/' + top));
    }
    if (entryStands(site, QFile::encodeName(top))
        && !isOwn(site + u'/' + top, relative.section(u'/', 1))) {
        return unsuitable(text("%1 is a part of the site; restore points cannot be kept in it.")
                              .arg(site + u'/' + top));
    }
    return Success;
}

} // namespace

QString siteEntryOf(const QString &site, const QString &folder)
{
    return below(canonical(site), canonical(folder)).value_or(QString()).section(u'/', 0, 0);
}

Result<> checkBackupPlace(const QString &site, const QString &folder)
{
    const auto root = canonical(site);
    const auto ways = waysWithin(root, folder);
    for (const auto &way : ways) {
        if (way.isEmpty())
            return unsuitable(text("%1 is the site's folder itself.").arg(folder));
        if (const auto checked = checkWithin(root, way); !checked)
            return checked;
    }
    const auto standing = standingPart(QFileInfo(folder).absoluteFilePath());
    if (!QFileInfo(standing).isDir())
        return unsuitable(text("%1 is not a folder.").arg(standing));
    if (!ownerOfNewFolder(QDir(standing)))
        return unsuitable(text("No folder can be made in %1.").arg(standing));
    return Success;
}

} // namespace Banister
