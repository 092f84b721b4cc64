// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal/lockholder.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QSysInfo>

#include <array>
#include <pwd.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

// proc(5): the 22nd field; the second one, in brackets, may hold anything.
qint64 startOf(qint64 process)
{
    QFile file(u"/proc/%1/stat"_s.arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const auto line = file.readAll();
    const auto fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    // A process that has ended and is not yet waited for holds nothing any more.
    if (fields.value(0) == "Z" || fields.value(0) == "X")
        return 0;
    return fields.value(19).toLongLong();
}

// The id itself is not to be shown around: machine-id(5).
QString machineDigest()
{
    const auto id = QSysInfo::machineUniqueId();
    if (id.isEmpty())
        return {};
    const auto digest = QCryptographicHash::hash("banister lock " + id, QCryptographicHash::Sha256);
    return QString::fromLatin1(digest.toHex().left(16));
}

QString userName()
{
    passwd entry = {};
    passwd *found = nullptr;
    std::array<char, 4096> buffer = {};
    if (::getpwuid_r(::geteuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found)
        return QString::fromLocal8Bit(found->pw_name);
    return QString::number(::geteuid());
}

QString programName()
{
    const auto name = QCoreApplication::applicationName();
    return name.isEmpty() ? QFileInfo(QFile::symLinkTarget(u"/proc/self/exe"_s)).fileName() : name;
}

} // namespace

LockHolder LockHolder::here(const QString &purpose)
{
    LockHolder holder;
    holder.host = QSysInfo::machineHostName();
    holder.machine = machineDigest();
    holder.boot = QString::fromLatin1(QSysInfo::bootUniqueId());
    holder.process = ::getpid();
    holder.processStart = startOf(holder.process);
    holder.program = programName();
    holder.user = userName();
    holder.purpose = purpose;
    holder.since = QDateTime::currentDateTimeUtc();
    holder.token = QString::number(QRandomGenerator::system()->generate64(), 16);
    return holder;
}

QByteArray LockHolder::toJson() const
{
    const QJsonObject json{{u"host"_s, host},
                           {u"machine"_s, machine},
                           {u"boot"_s, boot},
                           {u"process"_s, process},
                           {u"processStart"_s, processStart},
                           {u"program"_s, program},
                           {u"user"_s, user},
                           {u"purpose"_s, purpose},
                           {u"since"_s, since.toString(Qt::ISODateWithMs)},
                           {u"token"_s, token}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n';
}

std::optional<LockHolder> LockHolder::fromJson(const QByteArray &text)
{
    const auto json = QJsonDocument::fromJson(text).object();
    LockHolder holder;
    holder.host = json.value("host"_L1).toString();
    holder.machine = json.value("machine"_L1).toString();
    holder.boot = json.value("boot"_L1).toString();
    holder.process = json.value("process"_L1).toInteger();
    holder.processStart = json.value("processStart"_L1).toInteger();
    holder.program = json.value("program"_L1).toString();
    holder.user = json.value("user"_L1).toString();
    holder.purpose = json.value("purpose"_L1).toString();
    holder.since = QDateTime::fromString(json.value("since"_L1).toString(), Qt::ISODateWithMs);
    holder.token = json.value("token"_L1).toString();
    if (holder.host.isEmpty() || holder.process <= 0 || holder.token.isEmpty())
        return {};
    return holder;
}

bool LockHolder::isOfThisMachine() const
{
    return host == QSysInfo::machineHostName() && machine == machineDigest();
}

bool LockHolder::isOfThisBoot() const
{
    const auto here = QString::fromLatin1(QSysInfo::bootUniqueId());
    return !here.isEmpty() && boot == here;
}

bool LockHolder::isAlive() const
{
    return isOfThisBoot() && processStart > 0 && startOf(process) == processStart;
}

bool LockHolder::isThisProcess() const
{
    return process == QCoreApplication::applicationPid() && isAlive();
}

} // namespace Banister
