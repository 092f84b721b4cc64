// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/rowdiff.h"

#include "database/rowcomparison.h"
#include "database/rowsampler.h"

namespace Banister {

Result<QList<TableRowDiff>> compareRows(const DatabaseSettings &settings,
                                        const DumpManifest &manifest,
                                        const RowDiffOptions &options,
                                        Monitor &monitor)
{
    RowSampler sampler(manifest, options.samples, monitor);
    return RowComparison(settings, manifest, options, sampler, monitor).run();
}

} // namespace Banister
