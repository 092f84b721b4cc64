// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/plan.h"

#include <QFile>
#include <QStringList>

#include <functional>
#include <utility>

namespace Banister::Test {

/// What steps write into as they run, one line each. In memory, or in a file that outlives the
/// process. write() adds the line where it is not there yet, as a step that can run again does.
class Diary
{
public:
    Diary() = default;
    explicit Diary(const QString &path)
        : m_path(path)
    {}

    QStringList lines() const
    {
        QFile file(m_path);
        if (m_path.isEmpty() || !file.open(QIODevice::ReadOnly))
            return m_lines;
        return QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    }
    void write(const QString &line)
    {
        if (!lines().contains(line))
            append(line);
    }
    void append(const QString &line)
    {
        m_lines.append(line);
        QFile file(m_path);
        if (!m_path.isEmpty() && file.open(QIODevice::Append))
            file.write(line.toUtf8() + '\n');
    }

private:
    QString m_path;
    QStringList m_lines;
};

/// A step that announces and writes its code into a diary, then ends as it was told.
class FakeStep : public Step
{
public:
    using Work = std::function<Outcome(StepContext &)>;

    FakeStep(const StepCode &code, Diary &diary, Outcome outcome = Done())
        : m_code(code)
        , m_diary(diary)
        , m_outcome(std::move(outcome))
    {}

    StepCode code() const override { return m_code; }
    QString title() const override { return "Title of " + m_code; }
    QString intention() const override { return "Writes " + m_code + " into the diary."; }
    qint64 weight() const override { return m_weight; }
    QString skipConsequence() const override { return m_skipConsequence; }
    Outcome run(StepContext &context) override
    {
        if (auto written = context.intend({{"write", m_code}}); !written)
            return outcomeOf(written.failure());
        m_diary.write(m_code);
        if (m_work)
            return m_work(context);
        // The failure is over at the next try, as if somebody had removed its cause.
        return std::exchange(m_outcome, Outcome(Done()));
    }

    FakeStep &doing(Work work)
    {
        m_work = std::move(work);
        return *this;
    }
    FakeStep &weighing(qint64 weight)
    {
        m_weight = weight;
        return *this;
    }
    FakeStep &skippable(const QString &consequence)
    {
        m_skipConsequence = consequence;
        return *this;
    }

private:
    StepCode m_code;
    Diary &m_diary;
    Outcome m_outcome;
    Work m_work;
    qint64 m_weight = 1;
    QString m_skipConsequence;
};

/// Adds a step to the plan; returns it for further wishes.
inline FakeStep &add(Plan &plan, const StepCode &code, Diary &diary, Outcome outcome = Done())
{
    auto step = std::make_unique<FakeStep>(code, diary, std::move(outcome));
    auto &added = *step;
    plan.steps.push_back(std::move(step));
    return added;
}

/// A plan whose steps have these codes and all succeed.
inline Plan planOf(const QStringList &codes, Diary &diary)
{
    Plan plan{"upgrade", "Three to four", {}, {}};
    for (const auto &code : codes)
        add(plan, code, diary);
    return plan;
}

} // namespace Banister::Test
