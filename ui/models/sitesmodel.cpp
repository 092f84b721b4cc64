// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/sitesmodel.h"

#include "ui/models/linerole.h"
#include "ui/support/wording.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

Look lookOfSite(const KnownSite &site)
{
    if (!site.isLookedUp)
        return {u"pending"_s, Style::Tone::Neutral, SitesModel::tr("Looking", "@status")};
    if ((site.problem || site.status.problem) && site.status.kind == SiteStatus::Kind::NoRun)
        return {u"error"_s, Style::Tone::Bad, SitesModel::tr("Not readable", "@status")};
    return lookOf(site.status, site.detection && !site.detection->hopTarget.isEmpty());
}

} // namespace

int SitesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_sites.size());
}

QVariant SitesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &site = m_sites.at(index.row());
    const auto look = lookOfSite(site);
    const auto product =
        site.detection ? site.detection->productName + u' ' + site.detection->version : QString();
    auto host = site.detection ? site.detection->siteUrl.host() : QString();
    // Several sites may be on one computer.
    if (const auto port = site.detection ? site.detection->siteUrl.port() : -1; port > 0)
        host += u':' + QString::number(port);
    const auto name = host.isEmpty() ? QFileInfo(site.settings.folder).fileName() : host;
    switch (role) {
    case Qt::DisplayRole:
        return name;
    case Qt::ToolTipRole:
        if (site.status.problem)
            return site.status.problem->fact;
        return site.problem ? site.problem->fact : site.settings.folder;
    case Qt::AccessibleTextRole:
        return tr("%1, %2, %3, in %4", "site, product, state, folder")
            .arg(name, product, look.text, site.settings.folder);
    case LineRole::Icon:
        return look.icon;
    case LineRole::Tone:
        return int(look.tone);
    case LineRole::Detail:
        return site.settings.folder;
    case LineRole::Status:
        return look.text;
    case LineRole::StatusDetail:
        return product;
    default:
        return {};
    }
}

void SitesModel::setSites(const QList<KnownSite> &sites)
{
    beginResetModel();
    m_sites = sites;
    endResetModel();
}

} // namespace Banister
