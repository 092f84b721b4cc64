// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/treebuilder.h"

#include <QFile>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace Banister {

namespace {

void require(bool isFine, const char *action, const QByteArray &path)
{
    if (!isFine)
        qFatal("%s %s: %s", action, path.constData(), strerror(errno));
}

void makeFolders(const QByteArray &path)
{
    struct stat facts = {};
    if (stat(path.constData(), &facts) == 0)
        return;
    const auto slash = path.lastIndexOf('/');
    if (slash > 0)
        makeFolders(path.left(slash));
    require(mkdir(path.constData(), 0755) == 0, "mkdir", path);
}

void makeFile(const QByteArray &path, const QByteArray &content)
{
    const int fd = open(path.constData(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    require(fd >= 0, "open", path);
    const auto written = write(fd, content.constData(), size_t(content.size()));
    require(written == content.size(), "write", path);
    close(fd);
}

} // namespace

TreeItem TreeItems::file(const QByteArray &path, const QByteArray &content, unsigned mode)
{
    return {TreeItem::File, path, content, mode};
}

TreeItem TreeItems::folder(const QByteArray &path, unsigned mode)
{
    return {TreeItem::Folder, path, {}, mode};
}

TreeItem TreeItems::linkTo(const QByteArray &path, const QByteArray &target)
{
    return {TreeItem::Link, path, target, 0};
}

void buildTree(const QString &root, const QList<TreeItem> &items)
{
    const auto base = QFile::encodeName(root);
    makeFolders(base);
    for (const auto &item : items) {
        const QByteArray path = base + '/' + item.path;
        makeFolders(item.kind == TreeItem::Folder ? path : path.left(path.lastIndexOf('/')));
        if (item.kind == TreeItem::File)
            makeFile(path, item.content);
        else if (item.kind == TreeItem::Link)
            require(symlink(item.content.constData(), path.constData()) == 0, "symlink", path);
    }
    QList<TreeItem> deepestFirst = items;
    std::stable_sort(
        deepestFirst.begin(), deepestFirst.end(), [](const TreeItem &one, const TreeItem &other) {
            return one.path.count('/') > other.path.count('/');
        });
    time_t seconds = 1577880000;
    for (const auto &item : std::as_const(deepestFirst)) {
        const QByteArray path = base + '/' + item.path;
        if (item.kind != TreeItem::Link) {
            require(chmod(path.constData(), item.mode) == 0, "chmod", path);
        }
        seconds += 3607;
        const std::array<timespec, 2> times{timespec{seconds, 7}, timespec{seconds, 123456789}};
        require(utimensat(AT_FDCWD, path.constData(), times.data(), AT_SYMLINK_NOFOLLOW) == 0,
                "utimensat",
                path);
    }
}

QList<TreeItem> oddTree()
{
    using namespace TreeItems;
    return {
        file("plain.txt", "plain\n"),
        file("empty"),
        file("with space", "a"),
        file("quote'\"s", "b"),
        file("new\nline", "c"),
        file("-dash", "d"),
        file("\xc3\xbcml\xc3\xa4ut \xf0\x9f\x98\x80", "e"),
        file("bad\xff\xfe utf-8", "f"),
        file("percent%41", "g"),
        file(QByteArray(255, 'n'), "h"),
        file("read-only", "i", 0444),
        file("secret", "j", 0600),
        file("script", "#!/bin/sh\n", 0755),
        file("deep/er/and/de\neper/file", QByteArray(300000, 'k')),
        file("binary", QByteArray("\0\1\2\xff", 4)),
        folder("empty folder"),
        file("locked/inside", "l"),
        folder("locked", 0555),
        folder("private", 0700),
        linkTo("link", "plain.txt"),
        linkTo("link to folder", "deep/er"),
        linkTo("dangling", "nowhere"),
        linkTo("absolute", "/etc/hostname"),
        linkTo("outside", "../../.."),
        linkTo("deep/bad link", "\xff\xfe"),
    };
}

void removeWholly(const QString &path)
{
    namespace fs = std::filesystem;
    const fs::path root = QFile::encodeName(path).toStdString();
    std::error_code error;
    if (!fs::is_directory(fs::symlink_status(root, error))) {
        fs::remove(root, error);
        return;
    }
    fs::permissions(root, fs::perms::owner_all, error);
    for (auto it = fs::recursive_directory_iterator(root, error);
         it != fs::recursive_directory_iterator();
         it.increment(error)) {
        if (it->is_directory(error) && !it->is_symlink(error))
            fs::permissions(it->path(), fs::perms::owner_all, error);
    }
    fs::remove_all(root, error);
}

} // namespace Banister
