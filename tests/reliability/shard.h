// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Banister {

/// Whether a row of a test is this process's: BANISTER_TEST_SHARD is "2/3" in the second of three.
inline bool isInShard(qsizetype row)
{
    const auto shard = qEnvironmentVariable("BANISTER_TEST_SHARD", "1/1");
    const auto count = shard.section('/', 1).toLongLong();
    return row % count == shard.section('/', 0, 0).toLongLong() - 1;
}

} // namespace Banister
