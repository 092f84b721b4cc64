// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qt>

namespace Banister {

/// The roles of all lists of lines, which LineDelegate paints. Qt::DisplayRole is the title,
/// Qt::AccessibleTextRole the whole line as a sentence.
namespace LineRole {
enum {
    Icon = Qt::UserRole + 1, ///< name of an icon
    Tone,                    ///< Style::Tone as int
    Code,                    ///< what support staff call it; may be empty
    Detail,                  ///< second line
    Status,                  ///< at the right: the state as a word
    StatusDetail,            ///< below it: time, percent
    Percent,                 ///< 0 to 100; busyPercent; invalid: no bar
    Rank,                    ///< for sorting, the most urgent has 0
    Next                     ///< first role that a model may use for itself
};
} // namespace LineRole

/// At work without knowing how much there is to do.
constexpr int busyPercent = -1;

} // namespace Banister
