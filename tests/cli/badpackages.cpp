// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/badpackages.h"

#include "support/ziphelper.h"

namespace Banister {

namespace {

QByteArray metadata(const QByteArray &version, const QByteArray &newestPhp)
{
    return R"({"version": ")" + version
           + R"(", "stability": "stable", "minimum_php_version": "7.2.21", "maximum_php_version": ")"
           + newestPhp + R"(", "minimum_mautic_version": "2.16.3"})";
}

/// The files that every release has.
QList<RawZipEntry> release(const QByteArray &folder = {},
                           const QByteArray &version = "3.0.2",
                           const QByteArray &newestPhp = "8.2.99")
{
    return {{folder + "index.php", "<?php\n"},
            {folder + "app/AppKernel.php", "<?php\n"},
            {folder + "app/config/paths.php", "<?php\n"},
            {folder + "vendor/autoload.php", "<?php\n"},
            {folder + "bin/console", "<?php\n"},
            {folder + "app/release_metadata.json", metadata(version, newestPhp)}};
}

QByteArray releaseWith(const RawZipEntry &more)
{
    return rawZip(release() + QList<RawZipEntry>{more});
}

QByteArray releaseWithout(const QByteArray &name)
{
    auto entries = release();
    entries.removeIf([&](const RawZipEntry &entry) { return entry.name == name; });
    return rawZip(entries);
}

/// One byte of the first file's packed content is another.
QByteArray corrupt(QByteArray zip)
{
    constexpr qsizetype InTheContent = 400;
    zip[InTheContent] = char(zip.at(InTheContent) ^ 0x10);
    return zip;
}

RawZipEntry encrypted()
{
    RawZipEntry entry{"secret.php", "not to be read"};
    entry.flags |= 1U;
    return entry;
}

RawZipEntry link()
{
    RawZipEntry entry{"media", "/etc"};
    entry.unixMode = 0120777;
    return entry;
}

} // namespace

QList<BadPackage> badPackages(const QByteArray &good)
{
    constexpr qsizetype BombSize = 64 << 20;
    return {
        {"nothing at all", {}, "FileError.ZipUnreadable"},
        {"a page of a web site", "<!DOCTYPE html><html>Log in</html>", "FileError.ZipUnreadable"},
        {"truncated", good.left(good.size() / 2), "FileError.ZipTruncated"},
        {"corrupt", corrupt(good), "FileError.ZipCorrupt"},
        {"encrypted", releaseWith(encrypted()), "FileError.ZipEncrypted"},
        {"leads up", releaseWith({"../evil", "evil"}), "FileError.ZipUnsafeEntry"},
        {"leads up from within",
         releaseWith({"app/../../evil", "evil"}),
         "FileError.ZipUnsafeEntry"},
        {"absolute", releaseWith({"/evil", "evil"}), "FileError.ZipUnsafeEntry"},
        {"link", releaseWith(link()), "FileError.ZipUnsafeEntry"},
        {"bomb", releaseWith({"bomb", QByteArray(BombSize, '\0')}), "FileError.ZipTooLarge"},
        {"another program", rawZip({{"index.php", "<?php\n"}}), "MauticPackageError.NotMautic"},
        {"source archive", rawZip(release("mautic-3.0.2/")), "MauticPackageError.Nested"},
        {"without libraries",
         releaseWithout("vendor/autoload.php"),
         "MauticPackageError.LibrariesMissing"},
        {"one name twice", releaseWith({"index.php", "evil"}), "FileError.ZipUnsafeEntry"},
        {"unreadable version", rawZip(release({}, "none")), "MauticSiteError.VersionUnreadable"},
        {"version 4", rawZip(release({}, "4.0.0")), "MauticPackageError.WrongVersion"},
    };
}

QByteArray packageForPhp73()
{
    return rawZip(release({}, "3.0.2", "7.3.99"));
}

} // namespace Banister
