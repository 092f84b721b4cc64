// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "journal/filedescriptor.h"
#include "journal/lockholder.h"

#include <QString>

#include <optional>

namespace Banister {

/// One run per site: the file "lock" in the site's private folder, held until destruction.
///
/// Two things guard it: a lock of the kernel's on the open file, which ends with the process however
/// that ends, and the file's content, which also works where a network file system does not tell
/// other machines about kernel locks. The file appears whole (link or rename) and goes on release.
/// What a dead process of this machine left is taken over; what another machine left is not, as
/// nobody here can tell whether that one still runs: a person may decide so with breakStale().
class RunLock
{
public:
    /// The folder must exist. LockError.Held (a living process of this machine), .HeldElsewhere
    /// (another machine; cure "breakLock"), .Unreadable (cure "breakLock"), .CannotLock.
    static Result<RunLock> acquire(const QString &folder, const QString &purpose);
    /// Who holds the folder now; nobody where the lock is free or was left by a dead process.
    static std::optional<LockHolder> holder(const QString &folder);
    /// LockError.Held or .HeldElsewhere where that is another process than this one.
    static Result<> checkOthers(const QString &folder);
    /// A person's decision that the holder on another machine is dead. LockError.Held where it is a
    /// living process of this machine.
    static Result<> breakStale(const QString &folder);

    /// LockError.Lost where somebody broke this lock or its folder is gone.
    Result<> confirm() const;

    RunLock(RunLock &&) noexcept = default;
    RunLock &operator=(RunLock &&) = delete;
    ~RunLock(); ///< releases

private:
    RunLock(const QString &path, FileDescriptor file)
        : m_path(path)
        , m_file(std::move(file))
    {}

    QString m_path;
    FileDescriptor m_file;
};

} // namespace Banister
