// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/treesnapshot.h"

#include <QCryptographicHash>
#include <QFile>
#include <QVariant>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace Banister {

namespace {

QByteArray contentOf(const QByteArray &path)
{
    const int fd = open(path.constData(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return "unreadable: " + QByteArray(strerror(errno));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QByteArray buffer(1 << 16, Qt::Uninitialized);
    ssize_t got = 0;
    while ((got = read(fd, buffer.data(), size_t(buffer.size()))) > 0)
        hash.addData(QByteArrayView(buffer.constData(), got));
    close(fd);
    return got < 0 ? "unreadable: " + QByteArray(strerror(errno)) : hash.result().toHex();
}

QByteArray targetOf(const QByteArray &path)
{
    QByteArray target(4096, Qt::Uninitialized);
    const auto length = readlink(path.constData(), target.data(), size_t(target.size()));
    return target.left(std::max<ssize_t>(length, 0));
}

QByteArray attributesOf(const QByteArray &path)
{
    QByteArray names(1 << 16, Qt::Uninitialized);
    const auto length = llistxattr(path.constData(), names.data(), size_t(names.size()));
    if (length <= 0)
        return {};
    auto list = names.left(length).split('\0');
    std::sort(list.begin(), list.end());
    QByteArray lines;
    for (const auto &name : std::as_const(list)) {
        if (name.isEmpty())
            continue;
        QByteArray value(1 << 16, Qt::Uninitialized);
        const auto size =
            lgetxattr(path.constData(), name.constData(), value.data(), size_t(value.size()));
        lines += name + '=' + value.left(std::max<ssize_t>(size, 0)).toHex() + '\n';
    }
    return lines;
}

void visit(const QByteArray &root,
           const QByteArray &relative,
           SnapshotTimes times,
           TreeSnapshot &snapshot)
{
    const QByteArray path = relative.isEmpty() ? root : root + '/' + relative;
    struct stat facts = {};
    if (lstat(path.constData(), &facts) != 0)
        return;
    SnapshotEntry entry;
    entry.mode = facts.st_mode & 07777U;
    entry.uid = facts.st_uid;
    entry.gid = facts.st_gid;
    entry.attributes = attributesOf(path);
    const bool isFolder = S_ISDIR(facts.st_mode);
    if (times == SnapshotTimes::All || (times == SnapshotTimes::FilesOnly && !isFolder))
        entry.modifiedNs = qint64(facts.st_mtim.tv_sec) * 1000000000 + facts.st_mtim.tv_nsec;
    if (S_ISREG(facts.st_mode)) {
        entry.type = 'f';
        entry.content = contentOf(path);
    } else if (S_ISLNK(facts.st_mode)) {
        entry.type = 'l';
        entry.content = targetOf(path);
    } else {
        entry.type = isFolder ? 'd' : 'o';
    }
    snapshot.insert(relative, entry);
    if (!isFolder)
        return;
    DIR *folder = opendir(path.constData());
    if (!folder)
        return;
    // Only this thread reads from this stream. NOLINTNEXTLINE(concurrency-mt-unsafe)
    while (const dirent *item = readdir(folder)) {
        const QByteArray name = static_cast<const char *>(item->d_name);
        if (name != "." && name != "..")
            visit(root, relative.isEmpty() ? name : relative + '/' + name, times, snapshot);
    }
    closedir(folder);
}

QString shown(const QByteArray &path)
{
    return QString::fromLatin1(path.isEmpty() ? QByteArray(".") : path.toPercentEncoding(" /'"));
}

} // namespace

TreeSnapshot snapshotOf(const QString &root, SnapshotTimes times)
{
    TreeSnapshot snapshot;
    visit(QFile::encodeName(root), {}, times, snapshot);
    return snapshot;
}

QStringList snapshotDifferences(const TreeSnapshot &expected, const TreeSnapshot &actual)
{
    QStringList lines;
    for (auto it = expected.begin(); it != expected.end(); ++it) {
        const auto found = actual.find(it.key());
        if (found == actual.end()) {
            lines += shown(it.key()) + ": missing";
            continue;
        }
        const auto compare = [&](const char *what, const auto &one, const auto &other) {
            if (one != other) {
                lines += QStringLiteral("%1: %2 is %4, not %3")
                             .arg(shown(it.key()),
                                  QString::fromLatin1(what),
                                  QVariant::fromValue(one).toString(),
                                  QVariant::fromValue(other).toString());
            }
        };
        compare("type", QString(QLatin1Char(it->type)), QString(QLatin1Char(found->type)));
        compare("mode", QString::number(it->mode, 8), QString::number(found->mode, 8));
        compare("owner", it->uid, found->uid);
        compare("group", it->gid, found->gid);
        compare("time", it->modifiedNs, found->modifiedNs);
        compare("content", it->content, found->content);
        compare("attributes", it->attributes, found->attributes);
    }
    for (auto it = actual.begin(); it != actual.end(); ++it) {
        if (!expected.contains(it.key()))
            lines += shown(it.key()) + ": not expected";
    }
    return lines;
}

} // namespace Banister
