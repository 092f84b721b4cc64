// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>

/// What the real PHP makes of files.
class PhpOracle
{
public:
    /// For each file what var_export() prints of the array it returns or the variable it sets;
    /// "ERROR" where PHP cannot read it. The variable BANISTER_NAME is "from outside" and
    /// BANISTER_EMPTY is "". One PHP for all files, which are named 0.php, 1.php… in the folder.
    static QByteArrayList exported(const QByteArrayList &files, const QString &folder);
};
