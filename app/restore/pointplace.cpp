// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/pointplace.h"

#include "files/privatefolder.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <optional>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

const auto Suffix = u"-restore-points"_s;

std::optional<struct stat> factsOf(const QString &path)
{
    struct stat facts = {};
    if (lstat(QFile::encodeName(path).constData(), &facts) != 0)
        return std::nullopt;
    return facts;
}

QString parentOf(const QString &siteFolder)
{
    return QFileInfo(QDir::cleanPath(siteFolder)).path();
}

/// By what hosters and distributions call it, and by what stands in it.
bool looksLikeWebRoot(const QString &folder)
{
    static const QSet<QString> names{u"html"_s,
                                     u"htdocs"_s,
                                     u"httpdocs"_s,
                                     u"public_html"_s,
                                     u"public"_s,
                                     u"web"_s,
                                     u"webroot"_s,
                                     u"wwwroot"_s};
    const auto entries = QDir(folder).entryList({u"index.*"_s, u".htaccess"_s},
                                                QDir::Files | QDir::Hidden | QDir::System);
    return !entries.isEmpty() || names.contains(QFileInfo(folder).fileName().toLower());
}

} // namespace

QString placeBeside(const QString &siteFolder)
{
    return QDir::cleanPath(siteFolder) + Suffix;
}

QStringList placesBeside(const QString &siteFolder)
{
    const QDir parent(parentOf(siteFolder));
    QStringList places;
    const auto names = parent.entryList({u'*' + Suffix}, QDir::Dirs | QDir::NoSymLinks);
    for (const auto &name : names)
        places.append(parent.filePath(name));
    return places;
}

bool mayStandBeside(const QString &siteFolder, const QUrl &siteUrl)
{
    const auto path = siteUrl.path();
    if (!siteUrl.isValid() || siteUrl.host().isEmpty() || (!path.isEmpty() && path != "/"_L1))
        return false;
    const auto parent = parentOf(siteFolder);
    const auto around = factsOf(parent);
    const auto site = factsOf(siteFolder);
    if (!around || !site || !S_ISDIR(site->st_mode) || around->st_dev != site->st_dev
        || (around->st_mode & S_IWOTH) != 0
        || access(QFile::encodeName(parent).constData(), W_OK | X_OK) != 0
        || looksLikeWebRoot(parent))
        return false;
    const auto place = factsOf(placeBeside(siteFolder));
    return !place || (S_ISDIR(place->st_mode) && place->st_uid == geteuid());
}

Result<> makePlaceOf(const QString &pointFolder, const QString &siteFolder)
{
    const auto place = QFileInfo(pointFolder).path();
    return place == placeBeside(siteFolder) ? makePrivateFolder(place) : Success;
}

void tidyPlaceBeside(const QString &siteFolder)
{
    const auto place = placeBeside(siteFolder);
    const auto facts = factsOf(place);
    if (facts && S_ISDIR(facts->st_mode))
        removeEmptyPrivateFolder(place);
}

} // namespace Banister
