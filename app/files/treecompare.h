// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "files/tree.h"

#include <QFlags>

namespace Banister {

struct TreeDifference
{
    enum Kind { Missing, Added, Type, Content, Mode, Owner, Time, LinkTarget };

    QByteArray path;
    Kind kind = Missing;

    friend bool operator==(const TreeDifference &, const TreeDifference &) = default;
};

/// What is compared beyond which entries there are, of which type, and where links lead.
enum class TreeAspect {
    Content = 1, ///< sizes, and hashes where both sides have them
    Mode = 2,
    Owner = 4,
    FileTimes = 8,
    FolderTimes = 16
};
Q_DECLARE_FLAGS(TreeAspects, TreeAspect)
Q_DECLARE_OPERATORS_FOR_FLAGS(TreeAspects)

inline constexpr TreeAspects AllTreeAspects = TreeAspects(31);

/// Sorted by path; an entry with several differences stands several times. Times of links are
/// compared with those of files.
QList<TreeDifference>
compareTrees(const Tree &expected, const Tree &actual, TreeAspects aspects = AllTreeAspects);

/// Translated, for a line of a list: "was changed".
QString describe(TreeDifference::Kind kind);

} // namespace Banister
