// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "products/product.h"

namespace Banister {

/// Mautic, and its hop from 2.16.3 and later to 3.
class MauticProduct : public Product
{
public:
    QString id() const override;
    QString name() const override;
    Result<std::optional<Detection>> detect(const QString &folder) const override;
    Result<std::unique_ptr<ProductSite>> open(const SiteSettings &settings) const override;
    Result<Plan> resumePlan(const SiteSettings &settings,
                            const RunNames &names,
                            const QJsonObject &planSettings) const override;
    Result<DatabaseSettings> database(const SiteSettings &settings,
                                      const QString &token,
                                      const QStringList &alsoIn) const override;
    QStringList secrets(const SiteSettings &settings,
                        const QString &token,
                        const QStringList &alsoIn) const override;
    QStringList ownEntries() const override;
    QString logFile() const override;
    QString finalLogFile(const QString &token) const override;
    QList<ForeignLeft> foreignLeft(const SiteSettings &settings) const override;
    Result<RestorePointRequest> takeOverRequest(const SiteSettings &settings,
                                                const ForeignLeft &left,
                                                Monitor &monitor) const override;
};

} // namespace Banister
