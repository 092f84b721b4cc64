// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QMetaType>
#include <QString>

namespace Banister {

/// What comes in the place of a release package, and the code of the cause that is found in it.
struct BadPackage
{
    const char *name;
    QByteArray content;
    QString code;
};

/// \param good a release package
QList<BadPackage> badPackages(const QByteArray &good);

/// A release package that runs on PHP 7.2 and 7.3 only.
QByteArray packageForPhp73();

} // namespace Banister

Q_DECLARE_METATYPE(Banister::BadPackage)
