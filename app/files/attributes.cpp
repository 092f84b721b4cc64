// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/attributes.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace Banister {

CopiedAttributes copyAttributes(int from, int to)
{
    // Nearly all files have none: one call, no allocation.
    std::array<char, 1024> few; // NOLINT(*-member-init): filled by the call
    QByteArray many;
    const char *names = few.data();
    auto length = flistxattr(from, few.data(), few.size());
    if (length < 0 && errno == ERANGE) {
        many.resize(1 << 16); // XATTR_LIST_MAX
        names = many.constData();
        length = flistxattr(from, many.data(), size_t(many.size()));
    }
    if (length <= 0)
        return {.any = false, .all = length == 0 || errno == EOPNOTSUPP};
    bool all = true;
    QByteArray value;
    for (const char *name = names; name < names + length; name += strlen(name) + 1) {
        value.resize(1 << 16); // XATTR_SIZE_MAX
        const auto size = fgetxattr(from, name, value.data(), size_t(value.size()));
        if (size < 0) {
            all = all && errno == ENODATA;
            continue;
        }
        if (fsetxattr(to, name, value.constData(), size_t(size), 0) != 0)
            all = false;
    }
    return {.any = true, .all = all};
}

bool applyFacts(int to, int from, const TreeEntry &facts, FactsKept &kept)
{
    struct stat now = {};
    if (fstat(to, &now) != 0)
        return false;
    auto mode = facts.mode;
    const bool isSameOwner = now.st_uid == facts.uid && now.st_gid == facts.gid;
    if (!isSameOwner) {
        // A user who may not give files away may still be in the group.
        if (fchown(to, facts.uid, facts.gid) != 0) {
            kept.owner = false;
            const bool hasGroup =
                fchown(to, static_cast<uid_t>(-1), static_cast<gid_t>(facts.gid)) == 0;
            mode &= hasGroup ? ~unsigned(S_ISUID) : ~unsigned(S_ISUID | S_ISGID);
        }
    }
    const auto copied = copyAttributes(from, to);
    kept.attributes = copied.all;
    // After chown, which clears setuid, and after the ACL, which changes the group's bits.
    const bool needsMode = !isSameOwner || copied.any || (now.st_mode & 07777U) != mode;
    if (needsMode && fchmod(to, mode) != 0)
        return false;
    const std::array<timespec, 2> times{
        timespec{0, UTIME_OMIT},
        timespec{facts.modifiedNs / 1000000000, facts.modifiedNs % 1000000000}};
    return futimens(to, times.data()) == 0;
}

bool applyFacts(const QByteArray &path, const TreeEntry &facts)
{
    struct stat status = {};
    if (lstat(path.constData(), &status) != 0)
        return errno == ENOENT || errno == ENOTDIR;
    const auto now = entryOf(status);
    if (now.type != facts.type || (facts.type == EntryType::File && now.size != facts.size))
        return true;
    const bool isSameOwner = now.uid == facts.uid && now.gid == facts.gid;
    const bool hasOwner =
        isSameOwner
        || fchownat(AT_FDCWD, path.constData(), facts.uid, facts.gid, AT_SYMLINK_NOFOLLOW) == 0;
    // Giving a file away clears setuid.
    const bool needsMode =
        facts.type != EntryType::Link && (now.mode != facts.mode || (hasOwner && !isSameOwner));
    if (needsMode && fchmodat(AT_FDCWD, path.constData(), facts.mode, 0) != 0 && errno != EPERM)
        return false;
    if (now.modifiedNs == facts.modifiedNs)
        return true;
    const std::array<timespec, 2> times{
        timespec{0, UTIME_OMIT},
        timespec{facts.modifiedNs / 1000000000, facts.modifiedNs % 1000000000}};
    return utimensat(AT_FDCWD, path.constData(), times.data(), AT_SYMLINK_NOFOLLOW) == 0
           || errno == EPERM;
}

} // namespace Banister
