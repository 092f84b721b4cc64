// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <functional>

namespace Banister {

/// Runs two ways of doing the same work in turns and prints the ratio of their median times.
class Contest
{
public:
    using Run = std::function<bool(int round)>; ///< false: it failed

    struct Figures
    {
        double ours = 0;   ///< seconds, median
        double theirs = 0; ///< seconds, median
        double ratio = 0;  ///< ours / theirs
    };

    /// prepare is called before each run and not counted.
    Contest(int rounds, const std::function<void()> &prepare)
        : m_rounds(rounds)
        , m_prepare(prepare)
    {}

    /// Prints a line; goal is the greatest ratio that is good.
    Figures run(const QString &name, double goal, const Run &ours, const Run &theirs);
    /// Prints a line for work that is compared with a time in seconds.
    double time(const QString &name, double goal, const Run &ours);
    /// Whether all goals so far were met and nothing failed.
    bool isWon() const { return m_isWon; }

private:
    double timed(const Run &run, int round) const;

    int m_rounds;
    std::function<void()> m_prepare;
    bool m_isWon = true;
};

/// Runs a program and waits, without output; false unless its exit status is 0.
bool runProgram(const QString &program, const QStringList &arguments);

} // namespace Banister
