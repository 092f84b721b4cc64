// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/package.h"

#include "files/zip.h"
#include "products/mautic/bundled.h"
#include "products/mautic/mauticerror.h"
#include "products/mautic/releasemetadata.h"

#include <QCoreApplication>
#include <QSet>

namespace Banister {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 LargestMetadata = 64 << 10;

class PackageReader
{
    Q_DECLARE_TR_FUNCTIONS(Banister::MauticPackage)
public:
    PackageReader(QString path, const ZipSummary &summary)
        : m_path(std::move(path))
        , m_summary(summary)
    {
        for (const ZipEntry &entry : summary.entries)
            m_names += entry.name;
    }

    Result<MauticPackage> read() const;
    static Result<> check(const MauticPackage &package, const QVersionNumber &siteVersion);

private:
    bool has(QLatin1StringView name) const
    {
        return m_names.contains(QByteArray(name.data(), name.size()));
    }
    QByteArray commonFolder() const;
    Result<> checkEntries() const;
    Result<> readVersion(MauticPackage &package) const;
    static Error error(MauticPackageError code, const QString &fact, const QString &details = {})
    {
        return {code, fact, details, {}};
    }

    QString m_path;
    const ZipSummary &m_summary;
    QSet<QByteArray> m_names;
};

/// The one folder that holds all, with its slash; empty where there is none.
QByteArray PackageReader::commonFolder() const
{
    QByteArray folder;
    for (const ZipEntry &entry : m_summary.entries) {
        const qsizetype slash = entry.name.indexOf('/');
        if (slash < 0 || (!folder.isEmpty() && !entry.name.startsWith(folder)))
            return {};
        folder = entry.name.left(slash + 1);
    }
    return folder;
}

Result<> PackageReader::checkEntries() const
{
    // What every release of 2.16 and 3.x has; update packages lack some of it.
    const bool isThree = has(Mautic::Names::ReleaseMetadata);
    const QList<QLatin1StringView> expected{"index.php"_L1,
                                            Mautic::Names::Kernel,
                                            Mautic::Names::Paths,
                                            isThree ? Mautic::Names::Console3
                                                    : Mautic::Names::Console2};
    QStringList missing;
    for (const QLatin1StringView name : expected) {
        if (!has(name))
            missing += name;
    }
    const QByteArray folder = commonFolder();
    if (!missing.isEmpty() && !folder.isEmpty() && m_names.contains(folder + "app/AppKernel.php")) {
        return error(
            MauticPackageError::Nested,
            tr("%1 has all of its files in the folder %2.").arg(m_path, QString::fromUtf8(folder)));
    }
    if (!missing.isEmpty()) {
        return error(MauticPackageError::NotMautic,
                     tr("%1 lacks %2.").arg(m_path, missing.first()),
                     missing.join('\n'_L1));
    }
    if (!has("vendor/autoload.php"_L1)) {
        return error(MauticPackageError::LibrariesMissing,
                     tr("%1 lacks vendor/autoload.php.").arg(m_path));
    }
    return Success;
}

Result<> PackageReader::readVersion(MauticPackage &package) const
{
    const bool isThree = has(Mautic::Names::ReleaseMetadata);
    const QLatin1StringView name =
        isThree ? Mautic::Names::ReleaseMetadata : Mautic::Names::VersionFile;
    Error top = error(MauticPackageError::VersionMissing,
                      tr("%1 in %2 does not name a version of Mautic.").arg(name, m_path));
    if (!has(name))
        return top;
    const auto text = readZipEntry(m_path, QByteArray(name.data(), name.size()), LargestMetadata);
    if (!text)
        return because(top, text.failure());
    if (!isThree) {
        package.version = parseVersionFile(*text);
        package.versionText = QString::fromUtf8(*text).trimmed();
        if (package.version.isNull())
            return top;
        return Success;
    }
    const auto metadata = parseReleaseMetadata(*text, name);
    if (!metadata)
        return because(top, metadata.failure());
    package.version = metadata->version;
    package.versionText = metadata->versionText;
    package.php = metadata->php;
    package.minimumMauticVersion = metadata->minimumMauticVersion;
    return Success;
}

Result<MauticPackage> PackageReader::read() const
{
    MauticPackage package;
    package.path = m_path;
    package.entries = m_summary.entries.size();
    package.unpackedSizeInBytes = m_summary.bytes;
    if (const auto checked = checkEntries(); !checked)
        return checked.failure();
    if (const auto read = readVersion(package); !read)
        return read.failure();
    return package;
}

Result<> PackageReader::check(const MauticPackage &package, const QVersionNumber &siteVersion)
{
    constexpr int Target = 3;
    if (package.version.majorVersion() != Target) {
        return error(MauticPackageError::WrongVersion,
                     tr("%1 holds Mautic %2, but this upgrade leads to Mautic 3.")
                         .arg(package.path, package.versionText));
    }
    if (siteVersion < Mautic::oldestForUpgrade()) {
        return error(MauticPackageError::SiteTooOld,
                     tr("The site has Mautic %1; the upgrade to Mautic 3 starts from %2 or later.")
                         .arg(siteVersion.toString(), Mautic::oldestForUpgrade().toString()));
    }
    return Success;
}

} // namespace

Result<MauticPackage> readMauticPackage(const QString &path, Monitor &monitor)
{
    const auto summary = listZip(path, {}, monitor);
    if (!summary)
        return summary.failure();
    return PackageReader(path, *summary).read();
}

Result<> checkForUpgrade(const MauticPackage &package, const QVersionNumber &siteVersion)
{
    return PackageReader::check(package, siteVersion);
}

} // namespace Banister
