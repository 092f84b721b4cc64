// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "products/mautic/configuration.h"

#include <QString>

namespace Banister {

/// The configuration of the Mautic in a folder.
Result<MauticConfiguration> configurationOf(const QString &siteFolder);

} // namespace Banister
