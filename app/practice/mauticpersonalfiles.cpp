// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/mauticpersonalfiles.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QByteArray filled(const QString &name, const QByteArray &subject, const QByteArray &extends)
{
    auto text = practiceResource(u"mautic/templates/"_s + name);
    return text.replace("{name}", subject)
        .replace("{version}", "0.3")
        .replace("{extends}", extends);
}

void writePlugin(SiteWriter &site, const QByteArray &name, const QByteArray &extends)
{
    const QByteArray folder = "plugins/" + name + '/';
    site.write(folder + name + ".php", filled(u"plugin.php"_s, name, {}));
    site.write(folder + "EventListener/GreetingSubscriber.php",
               filled(u"subscriber.php"_s, name, extends));
    site.write(folder + "Config/config.php", "<?php\n\nreturn ['name' => '" + name + "'];\n");
}

void writeChanges(SiteWriter &site)
{
    site.write("themes/cards/html/message.html.twig",
               "{% extends 'base.html.twig' %}\n<p class=\"ours\">{{ message }} – thank you</p>\n");
    site.write("themes/blank/custom.css", "body { background: #eef; }\n");
    site.write("themes/practice/config.json",
               "{\"name\": \"Practice\", \"features\": [\"page\"]}\n");
    site.write("themes/practice/html/base.html.twig", "<html>{{ content }}</html>\n");
    site.write("plugins/MauticFocusBundle/Assets/own.js", "// added by hand\n");
    site.write("robots.txt", "User-agent: *\nDisallow: /s/\nDisallow: /own/\n");
    site.write(".htaccess",
               "# Mautic 2.16.5\n<IfModule mod_rewrite.c>\n    RewriteEngine On\n</IfModule>\n"
               "# added by hand\nOptions -Indexes\n");
    site.write(".well-known/acme-challenge/x7_token", "x7_token.thumbprint\n");
    site.write("google123.html", "google-site-verification: google123.html\n");
    site.write(".env.local", "PRACTICE_VALUE=1\n", 0600);
    site.write("translations/de/config.json", "{\"name\": \"German\", \"locale\": \"de\"}\n");
    site.write("translations/de/CoreBundle/messages.ini", "mautic.core.save=\"Speichern\"\n");
    site.write("app/config/parameters_local.php",
               "<?php\n$parameters = array(\n\t'default_pagelimit' => 50,\n);\n",
               0640);
}

void writeMedia(SiteWriter &site, int uploads)
{
    site.write("media/files/upload.csv", "id;name\n1;Ada\n");
    site.write("media/files/manual.pdf", "%PDF-1.4 practice\n");
    site.write("media/images/top.png", "practice image\n");
    site.write("media/images/custom/logo.png", "practice logo\n");
    site.write("media/images/flags/own.png", "a flag that was added to a bundled folder\n");
    site.write("media/css/own.css", "/* own */\n");
    site.write("media/js/own.js", "/* own */\n");
    site.write("media/dashboards/sales.json", "{}\n");
    site.write("media/fonts-own/practice.woff2", "practice font\n");
    for (int i = 0; i < uploads; ++i) {
        PracticeFile file;
        const QByteArray folder = i % 3 == 0   ? "media/images/flags/"
                                  : i % 3 == 1 ? "media/files/uploads/"
                                               : "media/images/custom/";
        file.path = folder + "upload" + QByteArray::number(i).rightJustified(5, '0') + ".bin";
        file.filler = PracticeFile::Filler::Binary;
        file.seed = 3'000'000U + static_cast<quint32>(i);
        site.write(file);
    }
}

void writeAwkwardNames(SiteWriter &site)
{
    const QByteArray folder = "media/files/odd names/";
    for (const char *name : {"with space.txt",
                             "quote ' and \".txt",
                             "ünïcödé – 日本 👍.txt",
                             "line\nbreak.txt",
                             "not utf-8 \xE4\xF6.txt",
                             "-dash",
                             "100%20.txt",
                             "back\\slash.txt",
                             "$HOME `x` ;.txt",
                             "trailing dot.",
                             "*?[a]"})
        site.write(folder + name, QByteArray("named ") + name);
    site.write(folder + QByteArray(255, 'n'), "a name as long as may be\n");
    site.write("media/files/empty.txt", {});
    site.write("media/files/read only.txt", "nobody shall write here\n", 0444);
    site.write("media/files/secret.key", "for the owner alone\n", 0600);
    site.write("media/files/tool.sh", "#!/bin/sh\necho practice\n", 0755);
    site.write("media/files/large.bin", QByteArray(1'500'000, '\0') + QByteArray("end"));
    site.folder("media/files/empty folder");
    site.folder("media/files/private", 0700);
    site.write("media/files/old.txt", "from another century\n");
    site.setTime("media/files/old.txt", 631'152'000);
    site.write("media/files/precise.txt", "with nanoseconds\n");
    site.setTime("media/files/precise.txt", 1'580'000'000, 123'456'789);
}

void writeLinks(SiteWriter &site, const QString &root, const QString &outside)
{
    site.link("media/files/latest.csv", "upload.csv");
    site.link("media/images/up", "../files");
    site.link("media/images/absolute.csv", QFile::encodeName(root) + "/media/files/upload.csv");
    site.link("media/files/outside", QFile::encodeName(outside));
    site.link("media/files/dangling", "nowhere at all");
    site.link("themes/practice/preview.png", "../../media/images/top.png");
}

} // namespace

Result<>
writeMauticPersonalFiles(SiteWriter &site, const QString &root, const MauticPersonalFiles &wish)
{
    writePlugin(site, "PracticeGreetingBundle", {});
    if (wish.incompatiblePlugin) {
        writePlugin(site,
                    "PracticeLegacyBundle",
                    R"( extends \Mautic\CoreBundle\EventListener\CommonSubscriber)");
    }
    writeChanges(site);
    writeMedia(site, wish.uploads);
    writeAwkwardNames(site);
    writeLinks(site, root, wish.outside);
    if (wish.waitingMail)
        site.write("app/spool/default/Xk2pQ7.message", R"(O:13:"Swift_Message":0:{})");
    SiteWriter beside(wish.outside);
    beside.folder({});
    beside.write("not of the site.txt", "Banister must neither read nor change this file.\n");
    const auto result = beside.finish();
    return result ? site.result() : result;
}

} // namespace Banister
