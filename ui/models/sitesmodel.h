// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "assistant/sitestatus.h"
#include "products/product.h"

#include <QAbstractListModel>

namespace Banister {

/// What the list of sites tells of one. A value; looked up on a worker thread.
struct KnownSite
{
    SiteSettings settings;
    std::optional<Detection> detection;
    std::optional<Error> problem; ///< why there is no detection
    SiteStatus status;
    bool hasForeign = false; ///< another program has left something to take over
    bool isLookedUp = false;
};

class SitesModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    void setSites(const QList<KnownSite> &sites);
    const KnownSite &site(int row) const { return m_sites.at(row); }

private:
    QList<KnownSite> m_sites;
};

} // namespace Banister
