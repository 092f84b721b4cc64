// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/mauticrelease.h"

#include <QSet>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

using Files = QList<PracticeFile>;

PracticeFile textFile(const QByteArray &path, const QByteArray &content, mode_t mode = 0644)
{
    return {path, content, mode, PracticeFile::Filler::None, 0};
}

QByteArray versionOf(MauticRelease release)
{
    return release == MauticRelease::V2 ? "2.16.5" : "3.0.2";
}

/// A template of the resources with its places in braces filled.
QByteArray filled(const QString &name, const QByteArray &subject, const QByteArray &version)
{
    auto text = practiceResource(u"mautic/templates/"_s + name);
    return text.replace("{name}", subject).replace("{version}", version).replace("{extends}", "");
}

void addConsole(Files &files, MauticRelease release)
{
    auto own =
        practiceResources(release == MauticRelease::V2 ? u"mautic/2.16.5"_s : u"mautic/3.0.2"_s);
    own += practiceResources(u"mautic/common"_s);
    for (auto &file : own) {
        if (file.path.endsWith("/console"))
            file.mode = 0755;
    }
    files += own;
    if (release == MauticRelease::V3)
        return;
    QSet<QByteArray> written;
    for (const auto &file : std::as_const(own))
        written.insert(file.path);
    const auto versions = practiceResource(u"mautic/versions-2.16.5.txt"_s).split('\n');
    for (const auto &version : versions) {
        const QByteArray path = "app/migrations/Version" + version + ".php";
        if (!version.isEmpty() && !written.contains(path))
            files.append(textFile(path, filled(u"oldmigration.php"_s, {}, version)));
    }
}

void addBundles(Files &files, MauticRelease release)
{
    const auto version = versionOf(release);
    for (const char *each :
         {"Core", "Lead", "Email", "Form", "Page", "User", "Webhook", "Plugin"}) {
        const QByteArray name(each);
        const QByteArray folder = "app/bundles/" + name + "Bundle/";
        files.append(textFile(folder + "Mautic" + name + "Bundle.php",
                              filled(u"bundle.php"_s, name, version)));
        files.append(textFile(folder + "Config/config.php",
                              "<?php\n\nreturn ['version' => '" + version + "'];\n"));
    }
    const auto plugins = mauticBundledPlugins();
    for (const auto &plugin : plugins) {
        const auto name = plugin.toUtf8();
        const QByteArray folder = "plugins/" + name + '/';
        files.append(textFile(folder + name + ".php", filled(u"plugin.php"_s, name, version)));
        files.append(textFile(folder + "Config/config.php",
                              "<?php\n\nreturn ['name' => '" + name + "', 'version' => '" + version
                                  + "'];\n"));
        files.append(textFile(folder + "Translations/en_US/messages.ini",
                              "plugin.title=\"" + name + "\"\n"));
    }
}

void addThemes(Files &files, MauticRelease release)
{
    QList<QByteArray> themes{"blank", "cards", "coffee", "goldstar", "oxygen", "skyline", "sunday"};
    if (release == MauticRelease::V2)
        themes.append("Mauve");
    for (const auto &theme : std::as_const(themes)) {
        const QByteArray folder = "themes/" + theme + '/';
        files.append(textFile(folder + "config.json",
                              "{\n  \"name\": \"" + theme
                                  + "\",\n  \"features\": [\"page\", \"email\", \"form\"]\n}\n"));
        files.append(textFile(folder + "html/base.html.twig",
                              "<html><body class=\"" + theme + " v" + versionOf(release)
                                  + "\">{% block content %}{% endblock %}</body></html>\n"));
        files.append(textFile(folder + "html/message.html.twig",
                              "{% extends 'base.html.twig' %}\n<p>{{ message }}</p>\n"));
        files.append({folder + "thumbnail.png",
                      {},
                      0644,
                      PracticeFile::Filler::Binary,
                      static_cast<quint32>(qHash(theme, 7))});
    }
}

void addMedia(Files &files, MauticRelease release)
{
    const auto version = versionOf(release);
    for (const char *path : {"media/css/app.css",
                             "media/css/libraries.css",
                             "media/js/app.js",
                             "media/js/libraries.js",
                             "media/dashboards/default.json",
                             "media/files/.gitkeep",
                             "media/index.html"})
        files.append(textFile(path, QByteArray("/* ") + path + ' ' + version + " */\n"));
    quint32 seed = 100;
    for (const char *name : {"avatar.png",
                             "favicon.ico",
                             "mautic_logo_lb200.png",
                             "flags/Spain.png",
                             "flags/Germany.png",
                             "flags/Norway.png",
                             "ajax-loader.gif"})
        files.append(
            {QByteArray("media/images/") + name, {}, 0644, PracticeFile::Filler::Binary, seed++});
}

void addRoot(Files &files, MauticRelease release)
{
    const auto version = versionOf(release);
    files.append(textFile(".htaccess",
                          "# Mautic " + version
                              + "\n<IfModule mod_rewrite.c>\n    RewriteEngine On\n</IfModule>\n"));
    files.append(textFile("robots.txt", "User-agent: *\nDisallow: /s/\n"));
    files.append(textFile("LICENSE.txt", "A practice site; see Banister's own licence.\n"));
    files.append(
        textFile("README.md", "# Practice site with the layout of Mautic " + version + '\n'));
    files.append(textFile("favicon.ico", QByteArray::fromHex("00000100010010100000")));
    files.append(textFile("offline.php", "<?php\n\necho 'Site is offline';\n"));
    files.append(textFile("upgrade.php", "<?php\n\nhttp_response_code(404);\n"));
    files.append(textFile("translations/.gitkeep", {}));
    if (release == MauticRelease::V2) {
        files.append(textFile("app/cache/.gitkeep", {}));
        files.append(textFile("app/logs/.gitkeep", {}));
        files.append(textFile("app/spool/.gitkeep", {}));
    } else {
        files.append(textFile("UPGRADE-3.0.md", "# What plugins must change\n"));
        files.append(textFile("var/.htaccess", "Require all denied\n"));
        for (const char *folder : {"cache", "logs", "spool", "tmp"})
            files.append(textFile(QByteArray("var/") + folder + "/.gitkeep", {}));
    }
}

void addFillers(Files &files, MauticRelease release, int count)
{
    static const QList<QByteArray> folders{"app/bundles/CoreBundle/Controller/",
                                           "app/bundles/LeadBundle/Entity/",
                                           "app/bundles/LeadBundle/Views/Lead/",
                                           "app/bundles/EmailBundle/Assets/js/",
                                           "app/bundles/FormBundle/Model/",
                                           "vendor/symfony/console/Helper/",
                                           "vendor/doctrine/dbal/lib/Doctrine/DBAL/Schema/",
                                           "vendor/twig/twig/src/Node/Expression/",
                                           "media/images/flags/",
                                           "plugins/MauticCrmBundle/Integration/"};
    const bool is3 = release == MauticRelease::V3;
    for (int i = 0; i < count; ++i) {
        if (is3 && i % 17 == 0)
            continue;
        const auto &folder = folders.at(i % folders.size());
        const bool isImage = folder.contains("images");
        PracticeFile file;
        file.path = folder + "Practice" + QByteArray::number(i).rightJustified(5, '0')
                    + (isImage ? ".png" : ".php");
        file.filler = isImage ? PracticeFile::Filler::Binary : PracticeFile::Filler::Text;
        file.seed = static_cast<quint32>(i) + (is3 && i % 5 == 0 ? 1'000'000U : 0U);
        files.append(file);
    }
    for (int i = 0; is3 && i < count / 20; ++i) {
        files.append(
            {"app/bundles/IntegrationsBundle/Sync/Practice" + QByteArray::number(i) + ".php",
             {},
             0644,
             PracticeFile::Filler::Text,
             static_cast<quint32>(i) + 2'000'000U});
    }
}

} // namespace

QList<PracticeFile> mauticReleaseFiles(MauticRelease release, int fillers)
{
    Files files;
    addConsole(files, release);
    addBundles(files, release);
    addThemes(files, release);
    addMedia(files, release);
    addRoot(files, release);
    addFillers(files, release, fillers);
    return files;
}

QStringList mauticBundledPlugins()
{
    return {u"MauticCitrixBundle"_s,
            u"MauticClearbitBundle"_s,
            u"MauticCloudStorageBundle"_s,
            u"MauticCrmBundle"_s,
            u"MauticEmailMarketingBundle"_s,
            u"MauticFocusBundle"_s,
            u"MauticFullContactBundle"_s,
            u"MauticGmailBundle"_s,
            u"MauticOutlookBundle"_s,
            u"MauticSocialBundle"_s,
            u"MauticZapierBundle"_s};
}

} // namespace Banister
