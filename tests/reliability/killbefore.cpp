// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

// To be preloaded into a program: kills it with SIGKILL before the Nth call, by its main thread, of
// one of the functions below, or lets that call fail where BANISTER_KILL_ERROR is the number of an
// error. BANISTER_KILL_CALL names the function and BANISTER_KILL_NUMBER is N;
// into the file BANISTER_KILL_COUNTS goes how many calls there were. What the program starts is left
// alone. A debugger could do the same, but stops at every call of any kind.

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

enum Call {
    Rename,
    RenameAt,
    RenameAt2,
    Unlink,
    UnlinkAt,
    MkDir,
    MkDirAt,
    Times,
    Sync,
    DataSync,
    Send,
    Open,
    Open64,
    OpenAt,
    OpenAt64,
    Write,
    LinkAt
};
constexpr std::array<const char *, 17> Names{"rename",
                                             "renameat",
                                             "renameat2",
                                             "unlink",
                                             "unlinkat",
                                             "mkdir",
                                             "mkdirat",
                                             "utimensat",
                                             "fsync",
                                             "fdatasync",
                                             "send",
                                             "open",
                                             "open64",
                                             "openat",
                                             "openat64",
                                             "write",
                                             "linkat"};

/// Made when the program begins and destroyed when it ends.
class Counter
{
public:
    // Before and after main() there is one thread. NOLINTBEGIN(concurrency-mt-unsafe)
    Counter()
    {
        ::unsetenv("LD_PRELOAD");
        const char *number = ::getenv("BANISTER_KILL_NUMBER");
        m_number = number ? std::atoi(number) : 0;
        m_call = ::getenv("BANISTER_KILL_CALL");
        const char *error = ::getenv("BANISTER_KILL_ERROR");
        m_error = error ? std::atoi(error) : 0;
    }
    ~Counter()
    {
        const char *path = ::getenv("BANISTER_KILL_COUNTS");
        std::FILE *file = path ? std::fopen(path, "w") : nullptr;
        for (std::size_t i = 0; file && i < Names.size(); ++i)
            std::fprintf(file, "%s %d\n", Names[i], m_counts[i]);
        if (file)
            std::fclose(file);
    }
    // NOLINTEND(concurrency-mt-unsafe)
    Counter(const Counter &) = delete;
    Counter &operator=(const Counter &) = delete;

    /// The error that the call is to end with; 0: it is to be made.
    int count(Call call)
    {
        if (::gettid() != ::getpid())
            return 0;
        if (++m_counts[call] != m_number || !m_call || std::strcmp(m_call, Names[call]) != 0)
            return 0;
        if (m_error == 0)
            ::kill(::getpid(), SIGKILL);
        return m_error;
    }

private:
    std::array<int, Names.size()> m_counts{};
    const char *m_call = nullptr;
    int m_number = 0;
    int m_error = 0;
};

Counter counter;

/// Counts the call and makes it, unless it is the one that fails.
template<typename Result, typename... Arguments>
Result counted(Call call, Arguments... arguments)
{
    if (const int error = counter.count(call); error != 0) {
        errno = error;
        return -1;
    }
    using Function = Result(Arguments...);
    return reinterpret_cast<Function *>(::dlsym(RTLD_NEXT, Names[call]))(arguments...);
}

/// The mode that open() and openat() take where they may make a file.
#define MODE_AFTER(flags)                                                                          \
    std::va_list more;                                                                             \
    va_start(more, flags);                                                                         \
    const bool hasMode = ((flags)&O_CREAT) != 0 || ((flags)&O_TMPFILE) == O_TMPFILE;               \
    const mode_t mode = hasMode ? va_arg(more, mode_t) : 0;                                        \
    va_end(more)

} // namespace

extern "C" {

int rename(const char *from, const char *to) noexcept
{
    return counted<int>(Rename, from, to);
}

int renameat(int fromFolder, const char *from, int toFolder, const char *to) noexcept
{
    return counted<int>(RenameAt, fromFolder, from, toFolder, to);
}

int renameat2(
    int fromFolder, const char *from, int toFolder, const char *to, unsigned flags) noexcept
{
    return counted<int>(RenameAt2, fromFolder, from, toFolder, to, flags);
}

int unlink(const char *path) noexcept
{
    return counted<int>(Unlink, path);
}

int unlinkat(int folder, const char *path, int flags) noexcept
{
    return counted<int>(UnlinkAt, folder, path, flags);
}

int mkdir(const char *path, mode_t mode) noexcept
{
    return counted<int>(MkDir, path, mode);
}

int mkdirat(int folder, const char *path, mode_t mode) noexcept
{
    return counted<int>(MkDirAt, folder, path, mode);
}

int utimensat(int folder, const char *path, const timespec *times, int flags) noexcept
{
    return counted<int>(Times, folder, path, times, flags);
}

int fsync(int file)
{
    return counted<int>(Sync, file);
}

int fdatasync(int file)
{
    return counted<int>(DataSync, file);
}

ssize_t send(int socket, const void *buffer, size_t length, int flags)
{
    return counted<ssize_t>(Send, socket, buffer, length, flags);
}

ssize_t write(int file, const void *buffer, size_t length)
{
    return counted<ssize_t>(Write, file, buffer, length);
}

int linkat(int fromFolder, const char *from, int toFolder, const char *to, int flags) noexcept
{
    return counted<int>(LinkAt, fromFolder, from, toFolder, to, flags);
}

int open(const char *path, int flags, ...)
{
    MODE_AFTER(flags);
    return counted<int>(Open, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    MODE_AFTER(flags);
    return counted<int>(Open64, path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...)
{
    MODE_AFTER(flags);
    return counted<int>(OpenAt, folder, path, flags, mode);
}

int openat64(int folder, const char *path, int flags, ...)
{
    MODE_AFTER(flags);
    return counted<int>(OpenAt64, folder, path, flags, mode);
}

} // extern "C"
