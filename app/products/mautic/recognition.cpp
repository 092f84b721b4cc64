// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/recognition.h"

#include "php/phparray.h"
#include "products/mautic/bundled.h"
#include "products/mautic/mauticerror.h"
#include "products/mautic/smallfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QProcessEnvironment>

namespace Banister {

using namespace Qt::StringLiterals;

namespace {

class Recognition
{
    Q_DECLARE_TR_FUNCTIONS(Banister::MauticRecognition)
public:
    explicit Recognition(const QString &folder)
        : m_folder(QDir::cleanPath(QDir(folder).absolutePath()))
    {}

    bool looksLikeMautic() const
    {
        return has(Mautic::Names::ReleaseMetadata)
               || (has(Mautic::Names::Kernel)
                   && (has(Mautic::Names::VersionFile) || has(Mautic::Names::Console2)));
    }
    Result<MauticSite> site() const;
    /// A folder of a Mautic, or the folder above one.
    QString nearby() const;

private:
    QString path(QLatin1StringView name) const { return m_folder + '/'_L1 + name; }
    bool has(QLatin1StringView name) const { return QFileInfo(path(name)).isFile(); }
    Result<> readVersion(MauticSite &site) const;
    Result<> readPaths(MauticSite &site) const;
    Result<> mergePaths(QLatin1StringView name, PhpParser::Extent extent, PhpArray &paths) const;

    QString m_folder;
};

Result<MauticSite> Recognition::site() const
{
    MauticSite site;
    site.root = m_folder;
    if (const auto read = readVersion(site); !read)
        return read.failure();
    if (const auto read = readPaths(site); !read)
        return read.failure();
    constexpr int FirstWithBin = 3;
    site.consolePath =
        path(site.major() < FirstWithBin ? Mautic::Names::Console2 : Mautic::Names::Console3);
    site.isGitCheckout = has(Mautic::Names::ComposerFile);
    return site;
}

Result<> Recognition::readVersion(MauticSite &site) const
{
    const bool isThree = has(Mautic::Names::ReleaseMetadata);
    const QString file =
        path(isThree ? Mautic::Names::ReleaseMetadata : Mautic::Names::VersionFile);
    if (!QFileInfo::exists(file)) {
        return Error{MauticSiteError::VersionUnreadable,
                     tr("%1, which names the version of Mautic, is missing.").arg(file),
                     file,
                     {}};
    }
    const auto text = readSmallFile(file);
    if (!text)
        return text.failure();
    if (isThree) {
        const auto metadata = parseReleaseMetadata(*text, file);
        if (!metadata)
            return metadata.failure();
        site.metadata = *metadata;
        site.version = metadata->version;
        site.versionText = metadata->versionText;
        return Success;
    }
    site.version = parseVersionFile(*text);
    site.versionText = QString::fromUtf8(*text).trimmed();
    if (!site.version.isNull())
        return Success;
    return Error{MauticSiteError::VersionUnreadable,
                 tr("%1 does not name a version of Mautic.").arg(file),
                 QString::fromUtf8(text->left(200)),
                 {}};
}

Result<>
Recognition::mergePaths(QLatin1StringView name, PhpParser::Extent extent, PhpArray &paths) const
{
    const auto text = readSmallFile(path(name));
    if (!text)
        return text.failure();
    const auto file = PhpArrayFile::parse(*text, path(name), extent);
    if (!file) {
        return because(Error{MauticSiteError::PathsUnreadable,
                             tr("%1 sets the paths of this site in a way that only PHP can read.")
                                 .arg(path(name)),
                             {},
                             {}},
                       file.failure());
    }
    const auto environment = QProcessEnvironment::systemEnvironment();
    for (const QByteArray &key : file->keys())
        paths.insert(key, file->resolved(key, environment));
    return Success;
}

Result<> Recognition::readPaths(MauticSite &site) const
{
    // The values of 2.16.5 and 3.0.2, for a site without the file.
    PhpArray paths{{"themes", "themes"},
                   {"assets", "media"},
                   {"plugins", "plugins"},
                   {"translations", "translations"},
                   {"local_config", "%kernel.root_dir%/config/local.php"}};
    if (has(Mautic::Names::Paths)) {
        // PHP follows the array: the include of the overrides, and fixed entries.
        const auto merged = mergePaths(Mautic::Names::Paths, PhpParser::Extent::FirstArray, paths);
        if (!merged)
            return merged.failure();
    }
    if (has(Mautic::Names::PathOverrides)) {
        const auto merged =
            mergePaths(Mautic::Names::PathOverrides, PhpParser::Extent::WholeFile, paths);
        if (!merged)
            return merged.failure();
    }
    const auto text = [&](const char *key) {
        const PhpValue *value = paths.find(key);
        return value ? value->toString() : QString();
    };
    site.paths = {text("themes"),
                  text("assets"),
                  text("plugins"),
                  text("translations"),
                  site.expandPath(text("local_config"))};
    return Success;
}

QString Recognition::nearby() const
{
    // Inside: app/, app/config/, plugins/X/… The folder itself is none.
    constexpr int DeepestLevel = 4;
    QDir above(m_folder);
    for (int level = 0; level < DeepestLevel && above.cdUp(); ++level) {
        if (Recognition(above.path()).looksLikeMautic())
            return above.path();
    }
    // Above: the only folder of the chosen one that is a Mautic.
    QString found;
    const QDir here(m_folder);
    for (const QString &name :
         here.entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks)) {
        if (!Recognition(here.filePath(name)).looksLikeMautic())
            continue;
        if (!found.isEmpty())
            return {};
        found = here.filePath(name);
    }
    return found;
}

} // namespace

QString MauticSite::kernelFolder() const
{
    return root + "/app"_L1;
}

QString MauticSite::absolute(const QString &path) const
{
    return QDir::cleanPath(QDir::isAbsolutePath(path) ? path : root + '/'_L1 + path);
}

QString MauticSite::expandPath(const QString &value) const
{
    if (value.isEmpty())
        return {};
    QString path = value;
    return absolute(path.replace("%kernel.root_dir%"_L1, kernelFolder()));
}

Result<MauticRecognition> recogniseMautic(const QString &folder)
{
    const Recognition recognition(folder);
    MauticRecognition result;
    if (!recognition.looksLikeMautic()) {
        result.probableFolder = recognition.nearby();
        return result;
    }
    const auto site = recognition.site();
    if (!site)
        return site.failure();
    result.site = *site;
    return result;
}

} // namespace Banister
