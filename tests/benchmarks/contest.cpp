// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchmarks/contest.h"

#include <QProcess>
#include <QTextStream>

#include <algorithm>
#include <chrono>

namespace Banister {

namespace {

void print(const QString &line)
{
    QTextStream(stdout) << line << Qt::endl;
}

} // namespace

// Seconds; negative where it failed.
double Contest::timed(const Run &run, int round) const
{
    m_prepare();
    const auto start = std::chrono::steady_clock::now();
    const bool isFine = run(round);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    return isFine ? taken.count() : -1;
}

double Contest::figure(QList<double> times) const
{
    std::sort(times.begin(), times.end());
    return m_counts == Counts::Best ? times.first() : times.at(times.size() / 2);
}

void Contest::note(const QString &name, bool isGood)
{
    if (!isGood)
        m_missed.append(name);
}

Contest::Figures
Contest::run(const QString &name, std::optional<double> goal, const Run &ours, const Run &theirs)
{
    QList<double> ourTimes;
    QList<double> theirTimes;
    for (int round = 0; round < m_rounds; ++round) {
        // Each begins every other round, so that neither always finds what the other left.
        const bool oursFirst = round % 2 == 0;
        const auto first = timed(oursFirst ? ours : theirs, round);
        const auto second = timed(oursFirst ? theirs : ours, round);
        if (first < 0 || second < 0) {
            print(QStringLiteral("%1: failed").arg(name));
            note(name, false);
            return {};
        }
        ourTimes.append(oursFirst ? first : second);
        theirTimes.append(oursFirst ? second : first);
    }
    const auto ourTime = figure(ourTimes);
    const auto theirTime = figure(theirTimes);
    const Figures figures{ourTime, theirTime, ourTime / theirTime};
    const bool isGood = !goal || figures.ratio <= *goal;
    note(name, isGood);
    print(QStringLiteral("%1  ratio %2  (%3)   %4 s : %5 s")
              .arg(name, -42)
              .arg(figures.ratio, 0, 'f', 2)
              .arg(goal ? QStringLiteral("goal %1, %2")
                              .arg(*goal, 0, 'f', 2)
                              .arg(isGood ? QStringLiteral("met") : QStringLiteral("MISSED"))
                        : QStringLiteral("no goal"))
              .arg(figures.ours, 0, 'f', 3)
              .arg(figures.theirs, 0, 'f', 3));
    return figures;
}

double Contest::time(const QString &name, double goal, const Run &ours)
{
    QList<double> times;
    for (int round = 0; round < m_rounds; ++round)
        times.append(timed(ours, round));
    const auto time = figure(times);
    const bool isGood = time <= goal && *std::min_element(times.begin(), times.end()) >= 0;
    note(name, isGood);
    print(QStringLiteral("%1  %2 ms  (goal %3 ms, %4)")
              .arg(name, -42)
              .arg(time * 1000, 0, 'f', 2)
              .arg(goal * 1000, 0, 'f', 2)
              .arg(isGood ? QStringLiteral("met") : QStringLiteral("MISSED")));
    return time;
}

bool runProgram(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(program, arguments);
    return process.waitForFinished(-1) && process.exitStatus() == QProcess::NormalExit
           && process.exitCode() == 0;
}

} // namespace Banister
