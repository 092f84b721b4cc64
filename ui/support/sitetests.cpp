// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/support/sitetests.h"

#include "assistant/assistant.h"
#include "database/connection.h"
#include "process/process.h"
#include "ui/support/wording.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QStorageInfo>

using namespace Qt::StringLiterals;

namespace Banister::SiteTests {

namespace {

struct SiteTest
{
    Q_DECLARE_TR_FUNCTIONS(SiteTest)
};

FieldVerdict bad(const QString &text)
{
    return {Style::Tone::Bad, text};
}

FieldVerdict verdictOf(const Failure &failure)
{
    const auto *error = std::get_if<Error>(&failure);
    return error ? bad(factsOf(*error)) : FieldVerdict{};
}

} // namespace

FolderVerdict folder(const Assistant &assistant, const QString &path)
{
    if (path.isEmpty())
        return {{}, {}};
    auto detection = assistant.detect(path);
    if (!detection)
        return {verdictOf(detection.failure()), {}};
    const auto name = detection->productName + u' ' + detection->version;
    FieldVerdict verdict{
        Style::Tone::Good,
        SiteTest::tr("%1, can be upgraded to %2.").arg(name, detection->hopTarget)};
    if (detection->hopTarget.isEmpty())
        verdict = {Style::Tone::Notice, name + u". "_s + detection->hopProblem};
    return {verdict, std::move(*detection)};
}

FieldVerdict database(DatabaseSettings settings)
{
    constexpr std::chrono::seconds Patience(5);
    settings.connectTimeout = Patience;
    auto connection = Connection::open(settings);
    if (!connection)
        return verdictOf(connection.failure());
    const auto version = connection->scalar(u"SELECT VERSION()"_s);
    if (!version)
        return verdictOf(version.failure());
    return {Style::Tone::Good,
            SiteTest::tr("Connected to the database %1, server %2.")
                .arg(settings.name, version->toString())};
}

FieldVerdict php(const QString &command, Monitor &monitor)
{
    auto parts = QProcess::splitCommand(command);
    if (parts.isEmpty())
        return bad(SiteTest::tr("Name the program that runs PHP."));
    Command run;
    run.program = parts.takeFirst();
    run.arguments = parts + QStringList{u"-v"_s};
    ProcessLimits limits;
    constexpr std::chrono::seconds Patience(20);
    limits.silence = Patience;
    const auto result = runProcess(run, limits, {}, monitor);
    if (!result)
        return verdictOf(result.failure());
    const auto line = QString::fromUtf8(result->standardOutput).section(u'\n', 0, 0).trimmed();
    if (result->exitCode != 0 || !line.startsWith("PHP "_L1))
        return bad(SiteTest::tr("%1 does not answer as PHP does (exit status %2).")
                       .arg(command)
                       .arg(result->exitCode));
    return {Style::Tone::Good, SiteTest::tr("%1.").arg(line.section(u" ("_s, 0, 0))};
}

FieldVerdict backupFolder(const QString &path, const QString &siteFolder)
{
    if (path.isEmpty())
        return {};
    const QFileInfo folder(path);
    if (!folder.isDir())
        return bad(SiteTest::tr("There is no folder %1.").arg(path));
    if (!folder.isWritable())
        return bad(SiteTest::tr("The folder %1 cannot be written to.").arg(path));
    const auto place = folder.canonicalFilePath() + u'/';
    if (!siteFolder.isEmpty()
        && place.startsWith(QFileInfo(siteFolder).canonicalFilePath() + u'/')) {
        return bad(SiteTest::tr("Choose a folder outside of the site."));
    }
    return {Style::Tone::Good,
            SiteTest::tr("%1 free.").arg(sizeText(QStorageInfo(path).bytesAvailable()))};
}

FieldVerdict package(const QString &package)
{
    if (package.isEmpty())
        return {};
    if (package.startsWith("http://"_L1) || package.startsWith("https://"_L1))
        return {Style::Tone::Neutral, SiteTest::tr("Downloaded and checked during the upgrade.")};
    QFile file(package);
    if (!file.open(QIODevice::ReadOnly))
        return bad(
            SiteTest::tr("The file %1 cannot be read: %2.").arg(package, file.errorString()));
    if (file.read(4) != QByteArrayView("PK\x03\x04"))
        return bad(SiteTest::tr("The file %1 is not a zip file.").arg(package));
    return {Style::Tone::Good, SiteTest::tr("A zip file of %1.").arg(sizeText(file.size()))};
}

FieldVerdict certificates(const QString &path)
{
    if (path.isEmpty())
        return {};
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return bad(SiteTest::tr("The file %1 cannot be read: %2.").arg(path, file.errorString()));
    constexpr qint64 Most = 1'000'000;
    if (!file.read(Most).contains("-----BEGIN CERTIFICATE-----"))
        return bad(SiteTest::tr("The file %1 holds no certificate in PEM form.").arg(path));
    return {Style::Tone::Good, SiteTest::tr("A file with certificates.")};
}

FieldVerdict sum(const QByteArray &hexadecimal)
{
    if (hexadecimal.isEmpty())
        return {};
    static const QRegularExpression wanted(u"^[0-9a-f]{64}$"_s);
    if (!wanted.match(QString::fromLatin1(hexadecimal)).hasMatch())
        return bad(SiteTest::tr("A SHA-256 has 64 characters, 0 to 9 and a to f."));
    return {Style::Tone::Good, SiteTest::tr("The package must have this sum.")};
}

} // namespace Banister::SiteTests
