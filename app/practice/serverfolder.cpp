// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/serverfolder.h"

#include "database/connection.h"
#include "practice/practiceerror.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRandomGenerator>
#include <QStandardPaths>

#include <array>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr auto onlyOwner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
constexpr qsizetype socketPathLimit = sizeof(sockaddr_un::sun_path) - 1;

/// Closes a socket when it goes out of scope.
class Socket
{
public:
    explicit Socket(int domain)
        : m_descriptor(::socket(domain, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {}
    ~Socket()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    int descriptor() const { return m_descriptor; }

private:
    Q_DISABLE_COPY_MOVE(Socket)
    int m_descriptor;
};

QString randomPassword()
{
    std::array<quint32, 5> words{};
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    return QString::fromLatin1(QByteArray(reinterpret_cast<const char *>(words.data()),
                                          qsizetype(words.size() * sizeof(quint32)))
                                   .toHex());
}

// What mysql_native_password stores: the server never sees the password itself in a file.
QByteArray passwordHash(const QString &password)
{
    const auto once = QCryptographicHash::hash(password.toUtf8(), QCryptographicHash::Sha1);
    return '*' + QCryptographicHash::hash(once, QCryptographicHash::Sha1).toHex().toUpper();
}

// Only the account of ours is left: no root without a password, no anonymous one. mariadb.sys is
// locked; views of the system tables need it. Over TCP the server does not resolve names.
QByteArray accountScript(const QString &user, const QString &password)
{
    QByteArray script = "FLUSH PRIVILEGES;\n";
    for (const auto *host : {"localhost", "127.0.0.1"}) {
        const auto account = "'" + user.toUtf8() + "'@'" + host + "'";
        script += "CREATE USER " + account + " IDENTIFIED BY PASSWORD '" + passwordHash(password)
                  + "';\nGRANT ALL PRIVILEGES ON *.* TO " + account + " WITH GRANT OPTION;\n";
    }
    script += "DELETE FROM mysql.global_priv WHERE User NOT IN ('" + user.toUtf8()
              + "', 'mariadb.sys', 'PUBLIC');\nDELETE FROM mysql.proxies_priv;\n";
    return script;
}

// The scripts that come with the server; their folder's name depends on the distribution.
Result<QByteArray> systemTablesScript()
{
    QByteArray script = "CREATE DATABASE IF NOT EXISTS mysql;\nUSE mysql;\nSET @auth_root_socket = "
                        "NULL;\n";
    for (const auto &name : {u"mysql_system_tables.sql"_s,
                             u"mysql_performance_tables.sql"_s,
                             u"mysql_system_tables_data.sql"_s,
                             u"maria_add_gis_sp_bootstrap.sql"_s}) {
        QFile file(u"/usr/share/mysql/"_s + name);
        for (const auto *folder : {"/usr/share/mariadb/", "/usr/local/share/mysql/"}) {
            if (!file.exists())
                file.setFileName(QLatin1StringView(folder) + name);
        }
        if (!file.open(QIODevice::ReadOnly))
            return Error{
                PracticeError::ServerMissing,
                ServerFolder::tr("%1, a file of the MariaDB server, is not installed.").arg(name),
                {},
                {}};
        script += file.readAll() + '\n';
    }
    return script;
}

int freePort()
{
    const Socket socket(AF_INET);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    if (::bind(socket.descriptor(), generic, size) != 0
        || ::getsockname(socket.descriptor(), generic, &size) != 0)
        return 0;
    return ntohs(address.sin_port);
}

} // namespace

ServerFolder::ServerFolder(const QString &path)
    : m_path(QDir(path).absolutePath())
{}

Result<QString> ServerFolder::findProgram(const QString &name)
{
    auto program = QStandardPaths::findExecutable(name);
    if (program.isEmpty())
        program = QStandardPaths::findExecutable(
            name, {u"/usr/sbin"_s, u"/usr/local/sbin"_s, u"/usr/bin"_s, u"/usr/local/bin"_s});
    if (program.isEmpty())
        return Error{PracticeError::ServerMissing,
                     tr("The program %1 is not installed.").arg(name),
                     qEnvironmentVariable("PATH"),
                     {}};
    return program;
}

Result<> ServerFolder::makeFolder(const QString &path) const
{
    const auto name = QFile::encodeName(path);
    struct stat status = {};
    QDir().mkpath(QFileInfo(path).path());
    if (::mkdir(name.constData(), 0700) != 0 && errno != EEXIST)
        return Error{PracticeError::ServerFolderUnusable,
                     tr("The folder %1 cannot be made: %2.").arg(path, qt_error_string(errno)),
                     path,
                     {}};
    // Somebody else may have made it first where all may write, as in the temporary folder.
    if (::lstat(name.constData(), &status) != 0 || !S_ISDIR(status.st_mode)
        || status.st_uid != ::geteuid() || ::chmod(name.constData(), 0700) != 0)
        return Error{PracticeError::ServerFolderUnusable,
                     tr("%1 is not a folder of this user's.").arg(path),
                     path,
                     {}};
    return Success;
}

bool ServerFolder::isInitialised() const
{
    return QFile::exists(dataPath() + u"/mysql"_s) && QFile::exists(m_path + u"/server.json"_s);
}

Result<> ServerFolder::initialise()
{
    if (isInitialised())
        return load();
    const auto program = findProgram(u"mariadbd"_s);
    if (!program)
        return program.failure();
    if (auto made = makeFolder(m_path); !made)
        return made;
    if (auto made = makeFolder(temporaryPath()); !made)
        return made;

    const auto unfinished = unfinishedDataPath();
    QDir(unfinished).removeRecursively();
    QDir(dataPath()).removeRecursively(); // without server.json nobody knows its password
    user = u"banister"_s;
    password = randomPassword();
    const auto script = systemTablesScript();
    if (!script)
        return script.failure();
    if (auto run = bootstrap(*program, *script + accountScript(user, password)); !run)
        return run;
    if (!QDir().rename(unfinished, dataPath()))
        return Error{PracticeError::ServerFolderUnusable,
                     tr("%1 cannot be renamed.").arg(unfinished),
                     {},
                     {}};
    return save();
}

// What mariadb-install-db does; that script fails with spaces in paths.
Result<> ServerFolder::bootstrap(const QString &program, const QByteArray &script) const
{
    if (auto made = makeFolder(unfinishedDataPath()); !made)
        return made;
    QStringList arguments{u"--no-defaults"_s,
                          u"--bootstrap"_s,
                          u"--datadir="_s + unfinishedDataPath(),
                          u"--tmpdir="_s + temporaryPath(),
                          u"--log-warnings=0"_s,
                          u"--enforce-storage-engine="_s,
                          u"--max-allowed-packet=8M"_s,
                          u"--skip-name-resolve"_s,
                          u"--skip-log-bin"_s,
                          u"--innodb-log-file-size=4M"_s,
                          u"--innodb-buffer-pool-size=8M"_s,
                          u"--innodb-autoextend-increment=1"_s};
    if (::geteuid() == 0)
        arguments.append(u"--user=root"_s);
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    process.write(script);
    process.closeWriteChannel();
    const bool hasEnded = process.waitForFinished(120'000);
    if (hasEnded && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return Success;
    return Error{PracticeError::ServerNotInitialised,
                 hasEnded
                     ? tr("%1 failed with exit status %2.").arg(program).arg(process.exitCode())
                     : tr("%1 did not end: %2.").arg(program, process.errorString()),
                 QString::fromUtf8(process.readAll()),
                 {}};
}

Result<> ServerFolder::load()
{
    QFile file(m_path + u"/server.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return Error{PracticeError::ServerFolderUnusable,
                     tr("%1 cannot be read: %2.").arg(file.fileName(), file.errorString()),
                     {},
                     {}};
    const auto json = QJsonDocument::fromJson(file.readAll()).object();
    user = json.value("user"_L1).toString();
    password = json.value("password"_L1).toString();
    socketPath = json.value("socket"_L1).toString();
    port = json.value("port"_L1).toInt();
    if (user.isEmpty() || password.isEmpty())
        return Error{PracticeError::ServerFolderUnusable,
                     tr("%1 does not name the server's account.").arg(file.fileName()),
                     {},
                     {}};
    return Success;
}

Result<> ServerFolder::save() const
{
    const QJsonObject json{
        {u"user"_s, user}, {u"password"_s, password}, {u"socket"_s, socketPath}, {u"port"_s, port}};
    const auto path = m_path + u"/server.json"_s;
    QFile file(path + u".new"_s);
    file.remove();
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, onlyOwner)
        || file.write(QJsonDocument(json).toJson()) < 0 || !file.flush()
        || ::rename(QFile::encodeName(file.fileName()).constData(),
                    QFile::encodeName(path).constData())
               != 0)
        return Error{PracticeError::ServerFolderUnusable,
                     tr("%1 cannot be written: %2.").arg(path, file.errorString()),
                     {},
                     {}};
    return Success;
}

Result<> ServerFolder::chooseAddress(bool overTcp)
{
    auto folder = m_path;
    if (QFile::encodeName(folder + u"/server.sock"_s).size() > socketPathLimit
        || !canBeOption(folder)) {
        const auto hash = QCryptographicHash::hash(m_path.toUtf8(), QCryptographicHash::Sha1);
        const auto name =
            u"/banister-%1-%2"_s.arg(::geteuid()).arg(QString::fromLatin1(hash.toHex().first(12)));
        folder = QDir::tempPath() + name;
        if (QFile::encodeName(folder + u"/server.sock"_s).size() > socketPathLimit
            || !canBeOption(folder))
            folder = u"/tmp"_s + name;
        if (auto made = makeFolder(folder); !made)
            return made;
    }
    socketPath = folder + u"/server.sock"_s;
    port = overTcp ? freePort() : 0;
    return save();
}

qint64 ServerFolder::runningProcess() const
{
    QFile file(pidPath());
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const auto id = file.readAll().trimmed().toLongLong();
    // The file outlives a killed server, and its number may be another program's by now.
    QFile commandLine(u"/proc/%1/cmdline"_s.arg(id));
    if (id <= 0 || !commandLine.open(QIODevice::ReadOnly))
        return 0;
    const auto arguments = commandLine.readAll().split('\0');
    return arguments.contains("--datadir=" + QFile::encodeName(dataPath())) ? id : 0;
}

bool ServerFolder::answers() const
{
    const auto path = QFile::encodeName(socketPath);
    sockaddr_un address{};
    if (path.isEmpty() || path.size() > socketPathLimit)
        return false;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.constData(), size_t(path.size()));
    const Socket socket(AF_UNIX);
    const timeval patience{5, 0};
    ::setsockopt(socket.descriptor(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (::connect(socket.descriptor(), reinterpret_cast<const sockaddr *>(&address), sizeof address)
        != 0)
        return false;
    // The server speaks first: four bytes of packet header, then its protocol version.
    std::array<char, 5> greeting{};
    return ::recv(socket.descriptor(), greeting.data(), greeting.size(), MSG_WAITALL) == 5;
}

} // namespace Banister
