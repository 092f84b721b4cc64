// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "files/zip.h"

#include <memory>

namespace Banister {

/// One open zip file, read through QuaZip; for one thread. Several may read one file.
class ZipReader
{
public:
    explicit ZipReader(const QString &path);
    ~ZipReader();
    Q_DISABLE_COPY_MOVE(ZipReader)

    Result<> open();
    Result<> openEntry(const ZipEntry &entry);
    /// 0 at the end.
    Result<qint64> read(char *data, qint64 size);
    /// To be called at the end: compares size and checksum.
    Result<> closeEntry();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace Banister
