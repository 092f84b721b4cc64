// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/privatefolder.h"

#include "files/durable.h"
#include "files/fileerror.h"
#include "files/handle.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

namespace Banister {

namespace {

struct DenyFile
{
    const char *name;
    const char *content;
};

constexpr std::array DenyFiles{
    DenyFile{
        ".htaccess",
        "<IfModule mod_authz_core.c>\n    Require all denied\n</IfModule>\n"
        "<IfModule !mod_authz_core.c>\n    Order allow,deny\n    Deny from all\n</IfModule>\n"},
    DenyFile{
        "web.config",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<configuration>\n  <system.webServer>\n"
        "    <security>\n      <authorization>\n        <remove users=\"*\" roles=\"\" "
        "verbs=\"\"/>\n"
        "        <add accessType=\"Deny\" users=\"*\"/>\n      </authorization>\n    </security>\n"
        "  </system.webServer>\n</configuration>\n"},
    DenyFile{"index.html", ""},
};

} // namespace

Result<> makePrivateFolder(const QString &path)
{
    const auto what = QCoreApplication::translate("Files", "The private folder cannot be made");
    const auto clean = QDir::cleanPath(path);
    const auto name = QFile::encodeName(clean);
    const auto parent = QFileInfo(clean).path();
    if (!QDir().mkpath(parent))
        return fileError(errno, what, parent);
    if (mkdir(name.constData(), 0700) != 0 && errno != EEXIST)
        return fileError(errno, what, clean);
    const Handle folder(open(name.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!folder.isOpen()) {
        struct stat facts = {};
        const bool isLink =
            errno == ENOTDIR && lstat(name.constData(), &facts) == 0 && S_ISLNK(facts.st_mode);
        return fileError(isLink ? ELOOP : errno, what, clean);
    }
    if (fchmod(folder.fd(), 0700) != 0)
        return fileError(errno, what, clean);
    for (const auto &file : DenyFiles) {
        WriteOptions options;
        options.mustNotExist = true;
        auto written =
            writeDurably(clean + u'/' + QString::fromLatin1(file.name), file.content, options);
        if (!written && written.error().code != ErrorCode(FileError::Exists))
            return written;
    }
    return syncFolder(parent);
}

void removeEmptyPrivateFolder(const QString &path)
{
    auto entries =
        QDir(path).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    for (const auto &file : DenyFiles)
        entries.removeAll(QString::fromLatin1(file.name));
    if (!entries.isEmpty())
        return;
    for (const auto &file : DenyFiles)
        QFile::remove(path + u'/' + QString::fromLatin1(file.name));
    QDir().rmdir(path);
}

QString randomHex(int bytes)
{
    QByteArray random(bytes, Qt::Uninitialized);
    auto *generator = QRandomGenerator::system();
    for (auto &byte : random)
        byte = char(generator->generate() & 0xffU);
    return QString::fromLatin1(random.toHex());
}

} // namespace Banister
