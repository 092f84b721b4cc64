// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Banister {

class Assistant;
class ErrorCatalogue;
class SiteStore;

/// What the pages work with; made by main() and longer alive than the window.
struct Services
{
    const Assistant &assistant;
    const SiteStore &store;
    const ErrorCatalogue &catalogue;
};

} // namespace Banister
