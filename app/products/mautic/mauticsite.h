// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "products/mautic/configuration.h"
#include "products/mautic/recognition.h"
#include "products/mautic/upgrade.h"
#include "products/product.h"

namespace Banister {

/// What checks, preview and plan are made from.
struct MauticFacts
{
    SiteSettings settings;
    MauticSite site;
    MauticConfiguration configuration;
    DatabaseSettings database; ///< as it is reached from here
    QString tablePrefix;
};

/// A Mautic 2 that can go to Mautic 3, or another version of Mautic that cannot.
class MauticProductSite : public ProductSite
{
public:
    static Result<std::unique_ptr<ProductSite>> open(const SiteSettings &settings);

    const Detection &detection() const override { return m_detection; }
    DatabaseSettings database() const override { return m_facts->database; }
    SiteLayout layout() const override;
    Checks checks() const override;
    Result<PlanPreview> preview(Monitor &monitor) const override;
    Result<Plan> upgradePlan(const RunNames &names) const override;

private:
    MauticProductSite(std::shared_ptr<const MauticFacts> facts, Detection detection);

    std::shared_ptr<const MauticFacts> m_facts;
    Detection m_detection;
};

/// What a site's files say of it.
Detection detectionOf(const MauticSite &site, const MauticConfiguration &configuration);
/// The settings of Qt's driver for what Mautic's configuration says.
DatabaseSettings databaseOf(const MauticDatabase &database);

Checks mauticChecks(const std::shared_ptr<const MauticFacts> &facts);
Result<PlanPreview> mauticPreview(const MauticFacts &facts, Monitor &monitor);

} // namespace Banister
