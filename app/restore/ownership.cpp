// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/ownership.h"

#include "files/treemanifest.h"
#include "restore/location.h"
#include "restore/restoreerror.h"
#include "restore/rollback.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

std::vector<gid_t> ownGroups()
{
    std::vector<gid_t> groups(size_t(std::max(0, ::getgroups(0, nullptr))));
    groups.resize(size_t(std::max(0, ::getgroups(int(groups.size()), groups.data()))));
    groups.push_back(::getegid());
    return groups;
}

QString nameOf(uid_t user)
{
    const auto *entry = ::getpwuid(user);
    return entry ? QString::fromLocal8Bit(entry->pw_name) : QString::number(user);
}

} // namespace

Result<> checkOwners(const RollbackRequest &request)
{
    if (::geteuid() == 0 || !request.selection.files)
        return Success;
    const auto recorded = readTreeManifest(request.point.filesManifest());
    if (!recorded)
        return recorded.failure();
    const auto location = FileLocation::find(request.point, request.siteFolder);
    if (!location)
        return location.failure();
    const auto groups = ownGroups();
    const bool isCopied = request.point.hasCopies || !request.selection.hasAllFiles();
    const auto isAttainable = [&](const TreeEntry &entry) {
        const auto &holding = location->holdingFolder();
        const auto place =
            holding.isEmpty() || !entryExists(holding, entry.path) ? request.siteFolder : holding;
        struct stat present = {};
        const auto path = QFile::encodeName(place) + '/' + entry.path;
        const bool isKept = !isCopied && !request.point.preserves(entry.path)
                            && ::lstat(path.constData(), &present) == 0
                            && present.st_uid == entry.uid && present.st_gid == entry.gid;
        return isKept
               || (entry.uid == ::geteuid()
                   && std::find(groups.begin(), groups.end(), gid_t(entry.gid)) != groups.end());
    };
    for (const auto &entry : *recorded) {
        if (!request.selection.includes(entry.path) || isAttainable(entry))
            continue;
        return Error{
            RestoreError::CannotOwn,
            QCoreApplication::translate("RollbackPlan",
                                        "The file %1 belongs to %2; Banister runs as %3.")
                .arg(QFile::decodeName(entry.path), nameOf(uid_t(entry.uid)), nameOf(::geteuid())),
            {},
            {}};
    }
    return Success;
}

} // namespace Banister
