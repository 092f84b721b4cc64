// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/smallfile.h"

#include "products/mautic/mauticerror.h"

#include <QCoreApplication>
#include <QFile>

namespace Banister {

Result<QByteArray> readSmallFile(const QString &path)
{
    constexpr qint64 Largest = qint64(4) << 20;
    const auto refused = [&](const QString &reason) {
        return Error{MauticSiteError::FileUnreadable,
                     QCoreApplication::translate("Banister::SmallFile", "%1 cannot be read: %2")
                         .arg(path, reason),
                     path,
                     {}};
    };
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return refused(file.errorString());
    QByteArray text = file.read(Largest + 1);
    if (file.error() != QFileDevice::NoError)
        return refused(file.errorString());
    if (text.size() > Largest) {
        constexpr int Megabytes = int(Largest >> 20);
        return refused(QCoreApplication::translate(
            "Banister::SmallFile", "It is larger than %n MB.", nullptr, Megabytes));
    }
    return text;
}

} // namespace Banister
