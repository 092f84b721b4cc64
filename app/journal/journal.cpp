// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal/journal.h"

#include "journal/failpoint.h"
#include "journal/journalerror.h"
#include "journal/journalline.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(Journal)
};

Error systemError(JournalError code, const QString &sentence, const QString &path, int number)
{
    return {code, sentence.arg(path, qt_error_string(number)), {}, {}};
}

Error writeError(const QString &path, int number)
{
    if (number == ENOSPC || number == EDQUOT)
        return {JournalError::DiskFull,
                Texts::tr("There is no space left to write the journal %1.").arg(path),
                qt_error_string(number),
                {}};
    return systemError(JournalError::CannotWrite,
                       Texts::tr("The journal %1 cannot be written: %2."),
                       path,
                       number);
}

/// What a file holds: its whole records and where they end.
struct Content
{
    QList<QJsonObject> records;
    qint64 end = 0;
};

Result<Content> parse(const QString &path, const QByteArray &bytes)
{
    Content content;
    while (content.end < bytes.size()) {
        const auto feed = bytes.indexOf('\n', content.end);
        const auto line = bytes.mid(content.end, feed < 0 ? -1 : feed - content.end);
        const auto record = feed < 0 ? std::nullopt : JournalLine::read(line);
        const auto number = content.records.size() + 1;
        if (record && record->value("seq"_L1).toInteger() == number) {
            content.records.append(*record);
            content.end = feed + 1;
            continue;
        }
        // A crash leaves a last line that lacks its end, or has holes where blocks were not written.
        const bool isLast = feed < 0 || feed + 1 == bytes.size();
        if (isLast && (feed < 0 || line.contains('\0')))
            break;
        return Error{
            JournalError::Damaged,
            Texts::tr("Line %1 of the journal %2 is damaged.").arg(QString::number(number), path),
            QString::fromUtf8(line.left(400)),
            {}};
    }
    return content;
}

Result<Content> load(const QString &path, int fd)
{
    QFile file;
    if (!file.open(fd, QIODevice::ReadOnly))
        return systemError(JournalError::CannotOpen,
                           Texts::tr("The journal %1 cannot be opened: %2."),
                           path,
                           errno);
    const auto bytes = file.readAll();
    if (file.error() != QFileDevice::NoError)
        return Error{JournalError::CannotOpen,
                     Texts::tr("The journal %1 cannot be read: %2.").arg(path, file.errorString()),
                     {},
                     {}};
    return parse(path, bytes);
}

// The new name is on disk when its folder is. File systems that cannot sync folders say so.
void syncFolderOf(const QString &path)
{
    const auto folder = QFile::encodeName(QFileInfo(path).absolutePath());
    const FileDescriptor fd(::open(folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (fd.isOpen())
        ::fsync(fd.get());
}

} // namespace

Result<Journal> Journal::create(const QString &path)
{
    FileDescriptor file(::open(QFile::encodeName(path).constData(),
                               O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC | O_NOFOLLOW,
                               0600));
    if (!file.isOpen() || ::fsync(file.get()) != 0)
        return errno == ENOSPC || errno == EDQUOT
                   ? writeError(path, errno)
                   : systemError(JournalError::CannotCreate,
                                 Texts::tr("The journal %1 cannot be created: %2."),
                                 path,
                                 errno);
    syncFolderOf(path);
    return Journal(path, std::move(file));
}

Result<Journal> Journal::open(const QString &path)
{
    FileDescriptor file(
        ::open(QFile::encodeName(path).constData(), O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW));
    if (!file.isOpen())
        return systemError(JournalError::CannotOpen,
                           Texts::tr("The journal %1 cannot be opened: %2."),
                           path,
                           errno);
    Journal journal(path, std::move(file));
    const auto content = load(path, journal.m_file.get());
    if (!content)
        return content.failure();
    journal.m_end = content->end;
    journal.m_lastNumber = content->records.size();
    if (auto cut = journal.cutToLastRecord(); !cut)
        return cut.failure();
    return journal;
}

Result<QList<QJsonObject>> Journal::read(const QString &path)
{
    const FileDescriptor file(
        ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file.isOpen())
        return systemError(JournalError::CannotOpen,
                           Texts::tr("The journal %1 cannot be opened: %2."),
                           path,
                           errno);
    auto content = load(path, file.get());
    if (!content)
        return content.failure();
    return std::move(content->records);
}

Result<QJsonObject> Journal::append(const QJsonObject &record)
{
    if (m_hasDebris) {
        if (auto cut = cutToLastRecord(); !cut)
            return cut.failure();
    }
    if (auto there = checkStillThere(); !there)
        return there.failure();
    const auto line = JournalLine::write(m_lastNumber + 1, record);
    FailPoint::beforeRecord();
    if (auto written = writeDurably(line); !written) {
        m_hasDebris = true;
        m_hasDebris = !cutToLastRecord().isOk();
        return written.failure();
    }
    m_end += line.size();
    ++m_lastNumber;
    FailPoint::afterRecord();
    return *JournalLine::read(line.chopped(1));
}

Result<> Journal::writeDurably(const QByteArray &line)
{
    for (qsizetype written = 0; written < line.size();) {
        const auto count =
            ::write(m_file.get(), line.constData() + written, size_t(line.size() - written));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return writeError(m_path, count == 0 ? ENOSPC : errno);
        written += count;
    }
    if (::fdatasync(m_file.get()) != 0)
        return writeError(m_path, errno);
    return Success;
}

Result<> Journal::cutToLastRecord()
{
    struct stat info = {};
    if (::fstat(m_file.get(), &info) != 0)
        return writeError(m_path, errno);
    if (info.st_size == m_end)
        return Success;
    if (::ftruncate(m_file.get(), m_end) != 0 || ::fdatasync(m_file.get()) != 0)
        return writeError(m_path, errno);
    return Success;
}

// Writing into a deleted file would succeed and be lost; another writer would break the numbering.
Result<> Journal::checkStillThere() const
{
    struct stat info = {};
    if (::fstat(m_file.get(), &info) != 0)
        return writeError(m_path, errno);
    if (info.st_nlink == 0)
        return Error{
            JournalError::Gone, Texts::tr("The journal %1 has been deleted.").arg(m_path), {}, {}};
    if (info.st_size != m_end)
        return Error{JournalError::Changed,
                     Texts::tr("Another program has changed the journal %1.").arg(m_path),
                     u"size %1, expected %2"_s.arg(info.st_size).arg(m_end),
                     {}};
    return Success;
}

} // namespace Banister
