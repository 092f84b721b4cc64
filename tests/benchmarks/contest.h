// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

namespace Banister {

/// Runs two ways of doing the same work in turns and prints the ratio of their times.
class Contest
{
public:
    using Run = std::function<bool(int round)>; ///< false: it failed

    /// Which of the rounds' times counts: on a machine that others use, the best says more.
    enum class Counts { Median, Best };

    struct Figures
    {
        double ours = 0;   ///< seconds
        double theirs = 0; ///< seconds
        double ratio = 0;  ///< ours / theirs
    };

    /// prepare is called before each run and not counted.
    Contest(int rounds, const std::function<void()> &prepare, Counts counts = Counts::Median)
        : m_rounds(rounds)
        , m_prepare(prepare)
        , m_counts(counts)
    {}

    /// Prints a line; goal is the greatest ratio that is good, none where it is only shown.
    Figures
    run(const QString &name, std::optional<double> goal, const Run &ours, const Run &theirs);
    /// Prints a line for work that is compared with a time in seconds.
    double time(const QString &name, double goal, const Run &ours);
    /// Whether all goals so far were met and nothing failed.
    bool isWon() const { return m_missed.isEmpty(); }
    /// Names of what missed its goal, or failed.
    const QStringList &missed() const { return m_missed; }
    /// For a goal of another kind.
    void note(const QString &name, bool isGood);

private:
    double timed(const Run &run, int round) const;
    double figure(QList<double> times) const;

    int m_rounds;
    std::function<void()> m_prepare;
    Counts m_counts;
    QStringList m_missed;
};

/// Runs a program and waits, without output; false unless its exit status is 0.
bool runProgram(const QString &program, const QStringList &arguments);

} // namespace Banister
