// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/webexposure.h"

#include "files/durable.h"
#include "files/remove.h"
#include "net/probe.h"
#include "products/mautic/siteconfiguration.h"

#include <QDir>
#include <QFileInfo>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

// A probe with known content: an answer of 200 alone may be the application's own page.
constexpr QByteArrayView ProbeText = "Banister looks whether this file is readable.\n";

} // namespace

QStringList readableThroughTheWeb(const MauticUpgrade &upgrade, StepContext &context)
{
    const auto configuration = configurationOf(upgrade.site());
    const auto siteUrl = configuration ? QUrl(configuration->siteUrl()) : QUrl();
    if (siteUrl.host().isEmpty()) {
        context.log(u"Not checked through the web server: the configuration has no site_url."_s);
        return {};
    }
    QStringList readable;
    for (const auto &folder : {upgrade.names.privateFolder, upgrade.finalBackupFolder()}) {
        if (!QFileInfo::exists(folder) || context.isCancelRequested())
            continue;
        const auto name = u"probe-"_s + upgrade.names.token + u".txt"_s;
        const auto file = folder + u'/' + name;
        WriteOptions options;
        options.mode = 0644;
        if (!writeDurably(file, ProbeText.toByteArray(), options))
            continue;
        auto url = siteUrl;
        url.setPath(
            QDir::cleanPath(siteUrl.path() + u'/' + QDir(upgrade.site()).relativeFilePath(file)));
        const auto answer = isReadable(url, ProbeText.toByteArray(), context);
        if (const auto removed = removeTree(file, context); !removed)
            context.log(u"WARNING: %1 could not be removed."_s.arg(file));
        if (!answer) {
            context.log(u"Not checked through the web server, %1 does not answer."_s.arg(
                siteUrl.toString(QUrl::RemoveUserInfo)));
            return readable;
        }
        if (*answer)
            readable.append(url.toString(QUrl::RemoveUserInfo | QUrl::RemoveFilename));
    }
    return readable;
}

} // namespace Banister
