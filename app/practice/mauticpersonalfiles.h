// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "practice/sitewriter.h"

namespace Banister {

struct MauticPersonalFiles
{
    int uploads = 0; ///< further files in media/files and media/images
    bool waitingMail = true;
    bool incompatiblePlugin = false; ///< a plugin that Mautic 3 cannot load
    QString outside;                 ///< an absolute folder beside the site that links point to
};

/// What a person has added to and changed in a fresh 2.16.5 tree: plugin, themes, media, links,
/// language pack, awkward names. Adds the folder `outside` with one file, too.
Result<>
writeMauticPersonalFiles(SiteWriter &site, const QString &root, const MauticPersonalFiles &wish);

} // namespace Banister
