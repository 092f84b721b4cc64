// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "process/processtree.h"

#include <QDir>
#include <QFile>

#include <csignal>
#include <optional>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

struct Stat
{
    char state = 0;
    qint64 parent = 0;
    qint64 group = 0;
    qint64 session = 0;
    QByteArray startTime;
};

/// From /proc/N/stat, see proc(5). The name in parentheses may hold anything.
std::optional<Stat> statOf(qint64 process)
{
    QFile file(u"/proc/%1/stat"_s.arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const auto line = file.readAll();
    const auto fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    if (fields.size() < 20)
        return {};
    return Stat{fields.at(0).at(0),
                fields.at(1).toLongLong(),
                fields.at(2).toLongLong(),
                fields.at(3).toLongLong(),
                fields.at(19)};
}

bool hasEnded(const Stat &stat)
{
    return stat.state == 'Z' || stat.state == 'X';
}

} // namespace

void ProcessTree::look()
{
    QHash<qint64, Stat> all;
    const auto names =
        QDir(u"/proc"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Unsorted);
    for (const auto &name : names) {
        bool isNumber = false;
        const auto process = name.toLongLong(&isNumber);
        const auto stat = isNumber ? statOf(process) : std::nullopt;
        if (stat)
            all.insert(process, *stat);
    }
    bool hasGrown = true;
    while (hasGrown) {
        hasGrown = false;
        for (auto it = all.constBegin(); it != all.constEnd(); ++it) {
            const bool belongs = it.key() == m_leader || it->session == m_leader
                                 || it->group == m_leader || m_members.contains(it->parent);
            if (belongs && m_members.value(it.key()) != it->startTime) {
                m_members.insert(it.key(), it->startTime);
                hasGrown = true;
            }
        }
    }
}

bool ProcessTree::isAlive(qint64 process, const QByteArray &startTime) const
{
    const auto stat = statOf(process);
    return stat && stat->startTime == startTime && !hasEnded(*stat);
}

void ProcessTree::signal(int number)
{
    look();
    // The group first: that is one call, and nothing that it starts meanwhile gets away.
    ::kill(pid_t(-m_leader), number);
    for (auto it = m_members.constBegin(); it != m_members.constEnd(); ++it) {
        if (isAlive(it.key(), it.value()))
            ::kill(pid_t(it.key()), number);
    }
}

bool ProcessTree::isGone()
{
    look();
    for (auto it = m_members.constBegin(); it != m_members.constEnd(); ++it) {
        if (isAlive(it.key(), it.value()))
            return false;
    }
    return true;
}

} // namespace Banister
