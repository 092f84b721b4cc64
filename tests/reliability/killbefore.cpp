// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

// To be preloaded into a program: kills it with SIGKILL before the Nth call, by its main thread, of
// one of the functions below. BANISTER_KILL_CALL names the function and BANISTER_KILL_NUMBER is N;
// into the file BANISTER_KILL_COUNTS goes how many calls there were. What the program starts is left
// alone. A debugger could do the same, but stops at every call of any kind.

#include <array>
#include <csignal>
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
    Send
};
constexpr std::array<const char *, 11> Names{"rename",
                                             "renameat",
                                             "renameat2",
                                             "unlink",
                                             "unlinkat",
                                             "mkdir",
                                             "mkdirat",
                                             "utimensat",
                                             "fsync",
                                             "fdatasync",
                                             "send"};

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

    void count(Call call)
    {
        if (::gettid() != ::getpid())
            return;
        if (++m_counts[call] == m_number && m_call && std::strcmp(m_call, Names[call]) == 0)
            ::kill(::getpid(), SIGKILL);
    }

private:
    std::array<int, Names.size()> m_counts{};
    const char *m_call = nullptr;
    int m_number = 0;
};

Counter counter;

/// Counts the call; the function that makes it.
template<typename Function>
Function *counted(Call call)
{
    counter.count(call);
    return reinterpret_cast<Function *>(::dlsym(RTLD_NEXT, Names[call]));
}

} // namespace

extern "C" {

int rename(const char *from, const char *to) noexcept
{
    return counted<int(const char *, const char *)>(Rename)(from, to);
}

int renameat(int fromFolder, const char *from, int toFolder, const char *to) noexcept
{
    return counted<int(int, const char *, int, const char *)>(RenameAt)(
        fromFolder, from, toFolder, to);
}

int renameat2(
    int fromFolder, const char *from, int toFolder, const char *to, unsigned flags) noexcept
{
    return counted<int(int, const char *, int, const char *, unsigned)>(RenameAt2)(
        fromFolder, from, toFolder, to, flags);
}

int unlink(const char *path) noexcept
{
    return counted<int(const char *)>(Unlink)(path);
}

int unlinkat(int folder, const char *path, int flags) noexcept
{
    return counted<int(int, const char *, int)>(UnlinkAt)(folder, path, flags);
}

int mkdir(const char *path, mode_t mode) noexcept
{
    return counted<int(const char *, mode_t)>(MkDir)(path, mode);
}

int mkdirat(int folder, const char *path, mode_t mode) noexcept
{
    return counted<int(int, const char *, mode_t)>(MkDirAt)(folder, path, mode);
}

int utimensat(int folder, const char *path, const timespec *times, int flags) noexcept
{
    return counted<int(int, const char *, const timespec *, int)>(Times)(
        folder, path, times, flags);
}

int fsync(int file)
{
    return counted<int(int)>(Sync)(file);
}

int fdatasync(int file)
{
    return counted<int(int)>(DataSync)(file);
}

ssize_t send(int socket, const void *buffer, size_t length, int flags)
{
    return counted<ssize_t(int, const void *, size_t, int)>(Send)(socket, buffer, length, flags);
}

} // extern "C"
