// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/zipreader.h"

#include "files/fileerror.h"
#include "files/zipdirectory.h"

#include <QCoreApplication>
#include <QFile>
#include <quazip.h>

#include <unzip.h>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

class Facts
{
    Q_DECLARE_TR_FUNCTIONS(ZipReader)

public:
    static QString unreadable() { return tr("The zip file %1 cannot be read."); }
    static QString damaged() { return tr("The entry %2 of the zip file %1 is damaged."); }
};

} // namespace

struct ZipReader::State
{
    QString path;
    QuaZip zip;
    ZipEntry entry;
    qint64 done = 0;
    bool isEntryOpen = false;

    Error damaged(int code) const
    {
        return zipError(
            FileError::ZipCorrupt,
            Facts::damaged(),
            path,
            entry.name,
            u"unzip error %1 after %2 of %3 bytes"_s.arg(code).arg(done).arg(entry.size));
    }
};

ZipReader::ZipReader(const QString &path)
    : m_state(std::make_unique<State>())
{
    m_state->path = path;
    m_state->zip.setZipName(path);
}

ZipReader::~ZipReader()
{
    if (m_state->isEntryOpen)
        unzCloseCurrentFile(m_state->zip.getUnzFile());
}

Result<> ZipReader::open()
{
    if (m_state->zip.open(QuaZip::mdUnzip))
        return Success;
    return zipError(FileError::ZipUnreadable, Facts::unreadable(), m_state->path, {});
}

Result<> ZipReader::openEntry(const ZipEntry &entry)
{
    m_state->entry = entry;
    m_state->done = 0;
    auto *const file = m_state->zip.getUnzFile();
    unz64_file_pos position{entry.directoryOffset, entry.number};
    int code = unzGoToFilePos64(file, &position);
    if (code == UNZ_OK)
        code = unzOpenCurrentFile(file);
    if (code != UNZ_OK)
        return m_state->damaged(code);
    m_state->isEntryOpen = true;
    return Success;
}

Result<qint64> ZipReader::read(char *data, qint64 size)
{
    const auto got = unzReadCurrentFile(m_state->zip.getUnzFile(), data, unsigned(size));
    if (got < 0)
        return m_state->damaged(got);
    m_state->done += got;
    return got;
}

Result<> ZipReader::closeEntry()
{
    m_state->isEntryOpen = false;
    const int code = unzCloseCurrentFile(m_state->zip.getUnzFile());
    if (code != UNZ_OK || m_state->done != m_state->entry.size)
        return m_state->damaged(code);
    return Success;
}

} // namespace Banister
