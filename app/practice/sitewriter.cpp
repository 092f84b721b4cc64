// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/sitewriter.h"

#include "practice/practiceerror.h"

#include <QFile>
#include <QHash>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Banister {

namespace {

// Practice files are of the years 2019 and 2020, as those of a site of Mautic 2 would be.
constexpr qint64 oldestTime = 1'550'000'000;

qint64 timeOf(const QByteArray &path)
{
    return oldestTime + static_cast<qint64>(qHash(path, 1) % 40'000'000U);
}

} // namespace

SiteWriter::SiteWriter(const QString &root)
    : m_root(QFile::encodeName(root))
{}

void SiteWriter::write(const PracticeFile &file)
{
    write(file.path, bytesOf(file), file.mode);
}

void SiteWriter::write(const QByteArray &path, const QByteArray &content, mode_t mode)
{
    if (!m_result)
        return;
    const auto slash = path.lastIndexOf('/');
    if (slash > 0)
        folder(path.left(slash));
    const int handle = ::open(
        absolute(path).constData(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (handle < 0)
        return fail(path, errno);
    qsizetype done = 0;
    int problem = 0;
    while (done < content.size() && problem == 0) {
        const auto count =
            ::write(handle, content.constData() + done, static_cast<size_t>(content.size() - done));
        if (count < 0 && errno != EINTR)
            problem = errno;
        else if (count > 0)
            done += count;
    }
    if (problem == 0 && ::fchmod(handle, mode) != 0)
        problem = errno;
    ::close(handle);
    if (problem != 0)
        return fail(path, problem);
    setTime(path, timeOf(path));
}

void SiteWriter::link(const QByteArray &path, const QByteArray &target)
{
    if (!m_result)
        return;
    const auto slash = path.lastIndexOf('/');
    if (slash > 0)
        folder(path.left(slash));
    if (::symlink(target.constData(), absolute(path).constData()) != 0)
        return fail(path, errno);
    setTime(path, timeOf(path));
}

void SiteWriter::folder(const QByteArray &path, mode_t mode)
{
    if (!m_result || m_folders.contains(path))
        return;
    for (qsizetype slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1))
        folder(path.left(slash));
    if (::mkdir(absolute(path).constData(), 0755) != 0 && errno != EEXIST)
        return fail(path, errno);
    if (::chmod(absolute(path).constData(), mode) != 0)
        return fail(path, errno);
    m_folders.insert(path);
}

void SiteWriter::setTime(const QByteArray &path, qint64 seconds, long nanoseconds)
{
    if (!m_result)
        return;
    const struct timespec time
    {
        static_cast<time_t>(seconds), nanoseconds
    };
    const std::array times{time, time};
    if (::utimensat(AT_FDCWD, absolute(path).constData(), times.data(), AT_SYMLINK_NOFOLLOW) != 0)
        fail(path, errno);
}

Result<> SiteWriter::finish()
{
    for (const auto &path : std::as_const(m_folders))
        setTime(path, timeOf(path));
    return m_result;
}

void SiteWriter::fail(const QByteArray &path, int problem)
{
    m_result = Error{PracticeError::SiteNotWritten,
                     tr("%1 could not be written: %2.")
                         .arg(QFile::decodeName(absolute(path)), qt_error_string(problem)),
                     {},
                     {}};
}

} // namespace Banister
