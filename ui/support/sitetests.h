// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "products/product.h"
#include "ui/widgets/fieldresult.h"

namespace Banister {

class Assistant;

/// What a person typed about a site, tried out; for worker threads.
namespace SiteTests {

/// The folder, and what was found in it.
struct FolderVerdict
{
    FieldVerdict verdict;
    std::optional<Detection> detection;
};

FolderVerdict folder(const Assistant &assistant, const QString &path);
/// Connects once. The settings are those of the site with the person's on top.
FieldVerdict database(DatabaseSettings settings);
FieldVerdict php(const QString &command, Monitor &monitor);
FieldVerdict backupFolder(const QString &path, const QString &siteFolder);
/// \param package path or URL; a URL is not fetched
FieldVerdict package(const QString &package);
/// \param path of the file with certificates; may be empty
FieldVerdict certificates(const QString &path);
/// \param hexadecimal a SHA-256; may be empty
FieldVerdict sum(const QByteArray &hexadecimal);

} // namespace SiteTests

} // namespace Banister
