// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/hash.h"

#include "files/fileerror.h"
#include "files/handle.h"

#include <QCoreApplication>
#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <vector>

namespace Banister {

Result<QByteArray> sha256OfFile(const QString &path, Monitor &monitor)
{
    const auto what = QCoreApplication::translate("Files", "The file cannot be read");
    const Handle file(
        open(QFile::encodeName(path).constData(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
    if (!file.isOpen())
        return fileError(errno, what, path);
    struct stat facts = {};
    if (fstat(file.fd(), &facts) == 0 && S_ISDIR(facts.st_mode))
        return fileError(EISDIR, what, path);
    if (!S_ISREG(facts.st_mode))
        return fileError(EOPNOTSUPP, what, path);
    Sha256 hash;
    std::vector<char> buffer(size_t(1) << 18U);
    for (;;) {
        if (monitor.isCancelRequested())
            return Cancelled{};
        const auto got = read(file.fd(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fileError(errno, what, path);
        if (got == 0)
            return hash.result();
        hash.add(QByteArrayView(buffer.data(), got));
    }
}

} // namespace Banister
