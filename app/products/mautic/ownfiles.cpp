// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/ownfiles.h"

#include "products/mautic/bundled.h"

namespace Banister {

// Of the repository of 2.16.5 and of its release archive.
const QByteArrayList &mauticRootNames()
{
    static const QByteArrayList names{".env.dist",
                                      ".github",
                                      ".gitignore",
                                      ".htaccess",
                                      ".php_cs",
                                      ".travis.yml",
                                      "CODE_OF_CONDUCT.md",
                                      "CONTRIBUTING.md",
                                      "Gruntfile.js",
                                      "LICENSE.txt",
                                      "README.md",
                                      "SECURITY.md",
                                      "package-lock.json",
                                      "app",
                                      "autoload.php",
                                      "bin",
                                      "build",
                                      "codeception.yml",
                                      "composer.json",
                                      "composer.lock",
                                      "favicon.ico",
                                      "index.php",
                                      "index_dev.php",
                                      "media",
                                      "offline.php",
                                      "package.json",
                                      "phpstan.neon",
                                      "plugins",
                                      "robots.txt",
                                      "tests",
                                      "themes",
                                      "translations",
                                      "upgrade.php",
                                      "upgrade_v3.php",
                                      "vendor",
                                      "critical_migrations.txt",
                                      "addons",
                                      "mautic-3-update-package.zip"};
    return names;
}

Result<BringOverRequest>
mauticOwnFiles(const QString &oldTree, const QString &package, const QString &originalPackage)
{
    BringOverRequest request;
    request.oldTree = oldTree;
    auto newRelease = contentIndexOfZip(package);
    if (!newRelease)
        return newRelease.failure();
    request.newRelease = std::move(newRelease).value();
    if (!originalPackage.isEmpty()) {
        auto oldRelease = contentIndexOfZip(originalPackage);
        if (!oldRelease)
            return oldRelease.failure();
        request.oldRelease = std::move(oldRelease).value();
    }
    request.areas = {{"plugins", AreaKind::Code},
                     {"themes", AreaKind::Theme},
                     {"media", AreaKind::Content},
                     {"translations", AreaKind::Content},
                     {"robots.txt", AreaKind::Content},
                     {"favicon.ico", AreaKind::Content}};
    if (request.oldRelease)
        request.areas.append({"app/bundles", AreaKind::Program});
    request.releaseRootNames = mauticRootNames();
    for (const auto &plugin : Mautic::bundledPlugins())
        request.releaseFolders.append("plugins/" + plugin.toUtf8());
    // Built from the sources of the release that runs.
    request.ignored = {
        "media/js/app.js", "media/js/libraries.js", "media/css/app.css", "media/css/libraries.css"};
    return request;
}

QByteArray pluginName(const BringOverItem &item)
{
    constexpr QByteArrayView Folder = "plugins/";
    if (!item.isWholeFolder || !item.path.startsWith(Folder))
        return {};
    return item.path.mid(Folder.size());
}

} // namespace Banister
