// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "products/sitesettings.h"

#include <QList>
#include <QString>

namespace Banister {

/// The sites that a person has added, by folder; in a JSON file without passwords.
class SiteStore
{
public:
    /// The usual file of this user: XDG_DATA_HOME/banister/sites.json.
    static QString usualFile();

    explicit SiteStore(QString file = usualFile());

    /// In the order in which they were added; empty where there is no file yet.
    Result<QList<SiteSettings>> sites() const;
    /// What is known of the site in a folder; only the folder where it was never added.
    SiteSettings find(const QString &folder) const;
    /// Adds the site, or replaces what is known of it.
    Result<> save(const SiteSettings &site) const;
    /// Forgets the site; nothing of the site itself is touched.
    Result<> remove(const QString &folder) const;

private:
    Result<> write(const QList<SiteSettings> &sites) const;

    QString m_file;
};

} // namespace Banister
