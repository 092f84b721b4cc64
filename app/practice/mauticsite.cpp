// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/mauticsite.h"

#include "practice/mauticdatabase.h"
#include "practice/mauticpersonalfiles.h"
#include "practice/mauticrelease.h"
#include "practice/practiceerror.h"
#include "practice/practicepackage.h"
#include "practice/privateserver.h"

#include <QDir>
#include <QHostAddress>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTcpServer>

#include <array>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

// What a site has without fillers and uploads.
constexpr int ownFiles = 318;

class Builder
{
    Q_DECLARE_TR_FUNCTIONS(MauticSite)

public:
    Builder(const QString &folder, const MauticSiteOptions &options, Monitor &monitor)
        : m_options(options)
        , m_monitor(monitor)
        , m_fillers(std::max(0, options.files - ownFiles) * 3 / 4)
    {
        m_site.folder = QDir(folder).absolutePath();
        m_site.product = u"mautic"_s;
        m_site.version = u"2.16.5"_s;
        m_site.packagePath = m_site.folder + u"/mautic-3.0.2.zip"_s;
        m_site.originalPackagePath = m_site.folder + u"/mautic-2.16.5.zip"_s;
        m_site.tablePrefix = options.tablePrefix;
    }

    Result<PracticeSite> build()
    {
        if (const auto ready = prepare(); !ready)
            return ready.failure();
        auto result = startServer();
        if (result)
            result = writeSite();
        if (result)
            result = writePackages();
        if (result)
            result = fillMauticDatabase(
                m_site.database, m_options.tablePrefix, m_options.rows, m_monitor);
        if (result)
            return m_site;
        static_cast<void>(removePracticeSite(m_site.folder));
        return result.failure();
    }

private:
    Result<> prepare()
    {
        m_site.phpCommand = QStandardPaths::findExecutable(m_options.phpCommand);
        if (m_site.phpCommand.isEmpty()) {
            return Error{PracticeError::PhpMissing,
                         tr("The program %1 was not found.").arg(m_options.phpCommand),
                         {},
                         {}};
        }
        const QDir folder(m_site.folder);
        if (folder.exists()
            && !folder.isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System
                               | QDir::NoDotAndDotDot)) {
            return Error{PracticeError::SiteFolderNotEmpty,
                         tr("%1 is not empty.").arg(m_site.folder),
                         {},
                         {}};
        }
        if (!QDir().mkpath(m_site.folder)) {
            return Error{PracticeError::SiteNotWritten,
                         tr("The folder %1 could not be made.").arg(m_site.folder),
                         {},
                         {}};
        }
        m_site.siteUrl = u"http://127.0.0.1:%1"_s.arg(freePort());
        return m_site.save();
    }

    Result<> startServer()
    {
        m_monitor.report({0, 0, tr("Starting the database server")});
        PrivateServerOptions options;
        options.overTcp = true;
        options.outlivesProgram = true;
        auto server = PrivateServer::create(m_site.serverFolder(), options);
        if (!server)
            return server.failure();
        if (auto started = server->start(); !started)
            return started;
        m_site.database.port = server->port();
        m_site.database.socket = server->socketPath();
        m_site.database.password = randomText();
        if (auto saved = m_site.save(); !saved)
            return saved;
        return createPracticeDatabase(m_site.database, server->user(), server->password());
    }

    Result<> writeSite()
    {
        SiteWriter writer(m_site.sitePath());
        writer.folder({});
        const auto release = mauticReleaseFiles(MauticRelease::V2, m_fillers);
        qint64 done = 0;
        for (const auto &file : release) {
            if (m_monitor.isCancelRequested())
                return Cancelled{};
            m_monitor.report({done++, release.size(), tr("Writing the site")});
            writer.write(file);
        }
        MauticPersonalFiles wish;
        wish.uploads = std::max(0, m_options.files - ownFiles) / 4;
        wish.waitingMail = m_options.waitingMail;
        wish.incompatiblePlugin = m_options.incompatiblePlugin;
        wish.outside = m_site.folder + u"/outside"_s;
        if (auto result = writeMauticPersonalFiles(writer, m_site.sitePath(), wish); !result)
            return result;
        writer.write("app/config/local.php", configuration(), 0640);
        return writer.finish();
    }

    QByteArray configuration() const
    {
        auto text = practiceResource(u"mautic/templates/local.php"_s);
        text.replace("{db_host}", m_site.database.host.toUtf8());
        text.replace("{db_port}", QByteArray::number(m_site.database.port));
        text.replace("{db_name}", m_site.database.name.toUtf8());
        text.replace("{db_user}", m_site.database.user.toUtf8());
        text.replace("{db_password}", m_site.database.password.toUtf8());
        text.replace("{db_table_prefix}", m_site.tablePrefix.toUtf8());
        text.replace("{site_url}", m_site.siteUrl.toUtf8());
        text.replace("{secret_key}", randomText().toUtf8());
        text.replace("{rememberme_key}", randomText().toUtf8());
        return text;
    }

    Result<> writePackages()
    {
        const auto target = mauticReleaseFiles(MauticRelease::V3, m_fillers);
        if (auto result = writePracticePackage(m_site.packagePath, target, m_monitor); !result)
            return result;
        const auto original = mauticReleaseFiles(MauticRelease::V2, m_fillers);
        return writePracticePackage(m_site.originalPackagePath, original, m_monitor);
    }

    static quint16 freePort()
    {
        QTcpServer probe;
        probe.listen(QHostAddress::LocalHost);
        return probe.serverPort();
    }

    static QString randomText()
    {
        std::array<quint32, 4> words{};
        QRandomGenerator::system()->fillRange(words.data(), words.size());
        return QString::fromLatin1(
            QByteArray::fromRawData(reinterpret_cast<const char *>(words.data()), sizeof words)
                .toHex());
    }

    MauticSiteOptions m_options;
    Monitor &m_monitor;
    int m_fillers;
    PracticeSite m_site;
};

} // namespace

Result<PracticeSite>
buildMauticSite(const QString &folder, const MauticSiteOptions &options, Monitor &monitor)
{
    return Builder(folder, options, monitor).build();
}

} // namespace Banister
