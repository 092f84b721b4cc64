// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal/runlock.h"

#include "journal/journalerror.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QLocale>

#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <sys/stat.h>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Banister {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(RunLock)
};

// Another process may be just about to take or to release; that lasts for some system calls.
constexpr int attempts = 40;
constexpr auto pause = 25ms;

enum class KernelLock { Ours, Theirs, Unsupported };

// One byte far behind the content: Windows servers refuse to read bytes that somebody has locked.
// The lock belongs to the open file, not to the process, and so ends with either.
KernelLock lockByKernel(int fd)
{
    struct flock range = {};
    range.l_type = F_WRLCK;
    range.l_whence = SEEK_SET;
    range.l_start = 1 << 30;
    range.l_len = 1;
    if (::fcntl(fd, F_OFD_SETLK, &range) == 0)
        return KernelLock::Ours;
    return errno == EAGAIN || errno == EACCES ? KernelLock::Theirs : KernelLock::Unsupported;
}

bool isSameFile(int fd, const QString &path)
{
    struct stat opened = {};
    struct stat named = {};
    return ::fstat(fd, &opened) == 0 && ::lstat(QFile::encodeName(path).constData(), &named) == 0
           && opened.st_ino == named.st_ino && opened.st_dev == named.st_dev;
}

std::optional<LockHolder> holderOf(int fd)
{
    QByteArray content(8192, Qt::Uninitialized);
    const auto size = ::pread(fd, content.data(), size_t(content.size()), 0);
    return size > 0 ? LockHolder::fromJson(content.first(size)) : std::nullopt;
}

Error cannotLock(const QString &path, int number)
{
    return {LockError::CannotLock,
            Texts::tr("The lock %1 cannot be created: %2.").arg(path, qt_error_string(number)),
            {},
            {}};
}

Error held(const QString &path, const LockHolder &holder)
{
    const auto since = QLocale().toString(holder.since.toLocalTime(), QLocale::ShortFormat);
    const auto details = path + u'\n' + QString::fromUtf8(holder.toJson().trimmed());
    if (holder.isOfThisMachine() || holder.isOfThisBoot())
        return {LockError::Held,
                Texts::tr("%1 (process %2, user %3) has held this site since %4.")
                    .arg(holder.program, QString::number(holder.process), holder.user, since),
                details,
                {}};
    return {LockError::HeldElsewhere,
            Texts::tr("%1 on the computer %2 (user %3) has held this site since %4.")
                .arg(holder.program, holder.host, holder.user, since),
            details,
            u"breakLock"_s};
}

Error unreadable(const QString &path)
{
    return {LockError::Unreadable,
            Texts::tr("The lock %1 does not say who holds this site.").arg(path),
            {},
            u"breakLock"_s};
}

/// The lock's file under a name of its own, locked and written, to be given its real name at once.
class Candidate
{
public:
    static Result<Candidate> create(const QString &path, const LockHolder &holder)
    {
        const auto name = QFile::encodeName(path + u'.' + holder.token);
        FileDescriptor file(
            ::open(name.constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
        if (!file.isOpen())
            return cannotLock(path, errno);
        Candidate candidate(name, std::move(file));
        const auto content = holder.toJson();
        lockByKernel(candidate.file.get());
        if (::write(candidate.file.get(), content.constData(), size_t(content.size()))
                != content.size()
            || ::fsync(candidate.file.get()) != 0)
            return cannotLock(path, errno);
        return candidate;
    }

    Candidate(Candidate &&other) noexcept
        : name(std::exchange(other.name, {}))
        , file(std::move(other.file))
    {}
    Candidate(const Candidate &) = delete;
    Candidate &operator=(const Candidate &) = delete;
    Candidate &operator=(Candidate &&) = delete;
    ~Candidate()
    {
        if (!name.isEmpty())
            ::unlink(name.constData());
    }

    /// Where nobody has the path yet: 0, or the number of the system's error (EEXIST).
    int link(const QString &path)
    {
        const auto target = QFile::encodeName(path);
        if (::link(name.constData(), target.constData()) == 0)
            return 0;
        if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS && errno != EMLINK)
            return errno;
        // A file system without hard links: the name first, then the whole file over it.
        const FileDescriptor empty(
            ::open(target.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        return empty.isOpen() ? replace(path) : errno;
    }

    int replace(const QString &path)
    {
        if (::rename(name.constData(), QFile::encodeName(path).constData()) != 0)
            return errno;
        name.clear();
        return 0;
    }

    QByteArray name;
    FileDescriptor file;

private:
    Candidate(const QByteArray &candidateName, FileDescriptor opened)
        : name(candidateName)
        , file(std::move(opened))
    {}
};

enum class Standing { Free, Stale, Moved, Held, Unknown };

/// Judges the lock file that was opened. The opened file stays locked where it is stale.
Standing judge(int fd, const QString &path, std::optional<LockHolder> &holder)
{
    const auto kernel = lockByKernel(fd);
    holder = holderOf(fd);
    if (!isSameFile(fd, path))
        return Standing::Moved;
    if (!holder)
        return Standing::Unknown;
    if (kernel == KernelLock::Theirs || holder->isAlive())
        return Standing::Held;
    // The same kernel would know of a lock, also of one in another container.
    if (holder->isOfThisMachine() || (holder->isOfThisBoot() && kernel == KernelLock::Ours))
        return Standing::Stale;
    return Standing::Held;
}

struct Judgement
{
    Standing standing = Standing::Free;
    std::optional<LockHolder> holder;
    FileDescriptor file;
};

Result<Judgement> look(const QString &path)
{
    Judgement judgement;
    const auto name = QFile::encodeName(path);
    judgement.file = FileDescriptor(::open(name.constData(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
    if (!judgement.file.isOpen() && errno == ENOENT)
        return judgement;
    if (!judgement.file.isOpen())
        return cannotLock(path, errno);
    judgement.standing = judge(judgement.file.get(), path, judgement.holder);
    return judgement;
}

// What a process left that died between making its candidate and giving it the name.
void removeDeadCandidates(const QString &folder)
{
    const auto files = QDir(folder).entryInfoList({u"lock.*"_s}, QDir::Files | QDir::Hidden);
    for (const auto &info : files) {
        const auto name = QFile::encodeName(info.filePath());
        const FileDescriptor file(::open(name.constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
        const auto holder = file.isOpen() ? holderOf(file.get()) : std::nullopt;
        if (holder && holder->isOfThisMachine() && !holder->isAlive())
            ::unlink(name.constData());
    }
}

} // namespace

Result<RunLock> RunLock::acquire(const QString &folder, const QString &purpose)
{
    const auto path = folder + u"/lock"_s;
    auto candidate = Candidate::create(path, LockHolder::here(purpose));
    if (!candidate)
        return candidate.failure();
    Error last = unreadable(path);
    for (int attempt = 0; attempt < attempts; ++attempt) {
        auto found = look(path);
        if (!found)
            return found.failure();
        int problem = EAGAIN;
        switch (found->standing) {
        case Standing::Free:
            problem = candidate->link(path);
            break;
        case Standing::Stale:
            problem = candidate->replace(path);
            break;
        case Standing::Held:
            last = held(path, *found->holder);
            // A dead process whose lock is held: another one is just taking it over.
            if (found->holder->isAlive() || !found->holder->isOfThisMachine())
                return last;
            break;
        case Standing::Unknown:
            last = unreadable(path);
            break;
        case Standing::Moved:
            continue;
        }
        if (problem == 0) {
            removeDeadCandidates(folder);
            return RunLock(path, std::move(candidate->file));
        }
        if (problem != EAGAIN && problem != EEXIST)
            return cannotLock(path, problem);
        if (problem == EAGAIN)
            std::this_thread::sleep_for(pause);
    }
    return last;
}

std::optional<LockHolder> RunLock::holder(const QString &folder)
{
    const auto found = look(folder + u"/lock"_s);
    if (!found || found->standing != Standing::Held)
        return {};
    return found->holder;
}

Result<> RunLock::checkOthers(const QString &folder)
{
    const auto other = holder(folder);
    if (!other || other->isThisProcess())
        return Success;
    return held(folder + u"/lock"_s, *other);
}

Result<> RunLock::breakStale(const QString &folder)
{
    const auto path = folder + u"/lock"_s;
    const auto found = look(path);
    if (!found)
        return found.failure();
    if (found->standing == Standing::Free)
        return Success;
    if (found->holder && found->holder->isAlive())
        return held(path, *found->holder);
    if (::unlink(QFile::encodeName(path).constData()) != 0 && errno != ENOENT)
        return Error{
            LockError::CannotLock,
            Texts::tr("The lock %1 cannot be removed: %2.").arg(path, qt_error_string(errno)),
            {},
            {}};
    return Success;
}

Result<> RunLock::confirm() const
{
    if (isSameFile(m_file.get(), m_path))
        return Success;
    return Error{LockError::Lost,
                 Texts::tr("The lock %1 has been removed while this run held it.").arg(m_path),
                 {},
                 {}};
}

RunLock::~RunLock()
{
    if (m_file.isOpen() && isSameFile(m_file.get(), m_path))
        ::unlink(QFile::encodeName(m_path).constData());
}

} // namespace Banister
