// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/practicepackage.h"

#include "practice/practiceerror.h"

#include <QCoreApplication>
#include <QFile>
#include <quazip.h>
#include <quazipfile.h>

#include <sys/stat.h>
#include <zlib.h>

namespace Banister {

namespace {

Error packageError(const QString &path, const QString &why)
{
    return {PracticeError::PackageNotWritten,
            QCoreApplication::translate("PracticePackage", "%1 could not be written: %2.")
                .arg(path, why),
            {},
            {}};
}

bool pack(QuaZip &zip, const PracticeFile &file)
{
    QuaZipNewInfo info(QString::fromUtf8(file.path));
    info.dateTime = QDateTime({2020, 7, 14}, {12, 0});
    info.externalAttr = static_cast<quint32>(S_IFREG | file.mode) << 16U;
    QuaZipFile entry(&zip);
    if (!entry.open(QIODevice::WriteOnly, info, nullptr, 0, Z_DEFLATED, Z_BEST_SPEED))
        return false;
    const auto bytes = bytesOf(file);
    const bool isWritten = entry.write(bytes) == bytes.size();
    entry.close();
    return isWritten && entry.getZipError() == ZIP_OK;
}

} // namespace

Result<>
writePracticePackage(const QString &path, const QList<PracticeFile> &files, Monitor &monitor)
{
    QuaZip zip(path);
    zip.setUtf8Enabled(true);
    if (!zip.open(QuaZip::mdCreate))
        return packageError(path, QString::number(zip.getZipError()));
    qint64 done = 0;
    for (const auto &file : files) {
        if (monitor.isCancelRequested())
            return Cancelled{};
        monitor.report({done++,
                        files.size(),
                        QCoreApplication::translate("PracticePackage", "Packing %1").arg(path)});
        if (!pack(zip, file))
            return packageError(path, QString::fromUtf8(file.path));
    }
    zip.close();
    if (zip.getZipError() != ZIP_OK)
        return packageError(path, QString::number(zip.getZipError()));
    return Success;
}

} // namespace Banister
