// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/packagecheck.h"

#include "net/neterror.h"
#include "net/transfer.h"

#include <QCoreApplication>
#include <QtEndian>

#include <algorithm>
#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(PackageCheck)
};

constexpr QByteArrayView startOfZip("PK\3\4", 4);
constexpr QByteArrayView endOfZip("PK\5\6", 4);
constexpr qsizetype sizeOfEnd = 22;
constexpr qsizetype longestComment = 65535;
constexpr qsizetype shownBytes = 64;
constexpr quint32 isInZip64 = 0xffffffff; ///< the true value stands in another record

/// Position of the record that ends a zip file in its last bytes; -1 without one that fits.
qsizetype findEnd(const QByteArray &tail, qint64 fileSize)
{
    for (auto at = tail.lastIndexOf(endOfZip); at >= 0;
         at = at > 0 ? tail.lastIndexOf(endOfZip, at - 1) : -1) {
        if (tail.size() - at < sizeOfEnd)
            continue;
        const auto *record = tail.constData() + at;
        const qint64 directorySize = qFromLittleEndian<quint32>(record + 12);
        const qint64 directoryOffset = qFromLittleEndian<quint32>(record + 16);
        const qint64 commentSize = qFromLittleEndian<quint16>(record + 20);
        const auto before = fileSize - tail.size() + at;
        const bool isBig = directoryOffset == isInZip64 || directorySize == isInZip64;
        if (at + sizeOfEnd + commentSize <= tail.size()
            && (isBig || directoryOffset + directorySize <= before))
            return at;
    }
    return -1;
}

} // namespace

Result<> checkStart(QByteArrayView bytes, Expected expected, const QString &source)
{
    if (expected == Expected::Anything || bytes.startsWith(startOfZip))
        return Success;
    const auto shown = bytes.first(std::min(bytes.size(), shownBytes)).toByteArray();
    if (looksLikeHtml(bytes)) {
        const auto title = titleOf(bytes.toByteArray());
        return Error{NetError::NotAPackage,
                     title.isEmpty()
                         ? Texts::tr("%1 is a web page, not a zip file.").arg(source)
                         : Texts::tr("%1 is a web page (“%2”), not a zip file.").arg(source, title),
                     QString::fromUtf8(shown),
                     {}};
    }
    return Error{NetError::NotAPackage,
                 Texts::tr("%1 is not a zip file.").arg(source),
                 u"Starts with: "_s + QString::fromLatin1(shown.toPercentEncoding(" <>!/=\"")),
                 {}};
}

Result<> checkFile(int file, Expected expected, const QString &source)
{
    if (expected == Expected::Anything)
        return Success;
    struct stat status = {};
    QByteArray start(4096, '\0');
    const auto count = ::pread(file, start.data(), size_t(start.size()), 0);
    if (count < 0 || ::fstat(file, &status) != 0) {
        return Error{NetError::SourceUnreadable,
                     Texts::tr("%1 cannot be read: %2.").arg(source, qt_error_string(errno)),
                     {},
                     {}};
    }
    start.truncate(count);
    if (auto checked = checkStart(start, expected, source); !checked)
        return checked;
    QByteArray tail(std::min<qint64>(status.st_size, sizeOfEnd + longestComment), '\0');
    const auto read = ::pread(file, tail.data(), size_t(tail.size()), status.st_size - tail.size());
    if (read != tail.size() || findEnd(tail, status.st_size) < 0) {
        return Error{NetError::Incomplete,
                     Texts::tr("%1 is a zip file without its end: a part is missing.").arg(source),
                     u"%1 bytes, no end of central directory"_s.arg(status.st_size),
                     {}};
    }
    return Success;
}

} // namespace Banister
