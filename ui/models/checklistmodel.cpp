// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/checklistmodel.h"

#include "ui/models/linerole.h"
#include "ui/support/wording.h"

#include <algorithm>

namespace Banister {

ChecklistModel::ChecklistModel(QObject *parent, Clock clock)
    : QAbstractListModel(parent)
    , m_clock(std::move(clock))
{}

int ChecklistModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

QVariant ChecklistModel::percent(const Line &line) const
{
    constexpr int Whole = 100;
    if (line.status.state != StepState::Running)
        return {};
    if (line.progress.total <= 0)
        return busyPercent;
    return int(double(line.progress.done) / double(line.progress.total) * Whole);
}

QString ChecklistModel::statusDetail(const Line &line) const
{
    constexpr double EnoughToTell = 0.05;
    constexpr std::chrono::seconds LongEnoughToTell(3);
    const auto &status = line.status;
    if (status.state == StepState::Pending || !status.started.isValid())
        return {};
    const bool runs = status.state == StepState::Running;
    const auto until = runs ? m_clock() : status.ended;
    if (!until.isValid())
        return {};
    const std::chrono::milliseconds elapsed(std::max<qint64>(0, status.started.msecsTo(until)));
    const auto time = durationText(elapsed);
    if (!runs || line.progress.total <= 0)
        return time;
    const auto share = double(line.progress.done) / double(line.progress.total);
    if (share < EnoughToTell || elapsed < LongEnoughToTell)
        return time;
    const std::chrono::milliseconds left(qint64(double(elapsed.count()) * (1 - share) / share));
    return tr("%1, %2", "elapsed, remaining").arg(time, remainingText(left));
}

QString ChecklistModel::detail(const Line &line) const
{
    if (line.status.state == StepState::Running)
        return line.progress.text;
    if (line.status.error)
        return line.status.error->fact;
    return line.status.text;
}

QVariant ChecklistModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &line = m_lines.at(index.row());
    const auto look = lookOf(line.status.state);
    switch (role) {
    case Qt::DisplayRole:
        return line.status.title;
    case Qt::AccessibleTextRole:
        return tr("Step %1 of %2, %3, %4. %5", "number, count, title, state, what it did")
            .arg(index.row() + 1)
            .arg(m_lines.size())
            .arg(line.status.title, look.text, detail(line));
    case LineRole::Icon:
        return look.icon;
    case LineRole::Tone:
        return int(look.tone);
    case LineRole::Code:
        return line.status.code;
    case LineRole::Detail:
        return detail(line);
    case LineRole::Status: {
        const auto share = percent(line);
        return share.isValid() && share.toInt() >= 0
                   ? tr("%1 %2 %", "running, number").arg(look.text).arg(share.toInt())
                   : look.text;
    }
    case LineRole::StatusDetail:
        return statusDetail(line);
    case LineRole::Percent:
        return percent(line);
    default:
        return {};
    }
}

void ChecklistModel::setRun(const RunState &state)
{
    beginResetModel();
    m_lines.clear();
    for (const auto &step : state.steps) {
        auto status = step;
        // No record tells how it ended: it does not run any more, and nobody knows since when.
        if (status.state == StepState::Running)
            status.state = StepState::Cancelled;
        m_lines.append({status, {}});
    }
    endResetModel();
}

void ChecklistModel::setState(const StepCode &step,
                              StepState state,
                              const Error &error,
                              const QString &text)
{
    const auto row = rowOf(step);
    if (row < 0)
        return;
    auto &line = m_lines[row];
    line.status.state = state;
    line.status.text = text;
    line.status.error = state == StepState::Failed ? std::optional(error) : std::nullopt;
    if (state == StepState::Running) {
        line.status.started = m_clock();
        line.status.ended = {};
        line.progress = {};
    } else {
        line.status.ended = m_clock();
    }
    emit dataChanged(index(row), index(row));
}

void ChecklistModel::setProgress(const StepCode &step, const Progress &progress)
{
    const auto row = rowOf(step);
    if (row < 0)
        return;
    auto &known = m_lines[row].progress;
    // A report that only tells what is being done takes nothing back of how far it is.
    if (progress.total <= 0 && known.total > 0)
        known.text = progress.text;
    else
        known = progress;
    emit dataChanged(index(row),
                     index(row),
                     {LineRole::Detail,
                      LineRole::Status,
                      LineRole::StatusDetail,
                      LineRole::Percent,
                      Qt::AccessibleTextRole});
}

void ChecklistModel::tick()
{
    for (int row = 0; row < m_lines.size(); ++row) {
        if (m_lines.at(row).status.state == StepState::Running)
            emit dataChanged(index(row), index(row), {LineRole::StatusDetail});
    }
}

int ChecklistModel::rowOf(const StepCode &step) const
{
    const auto found = std::find_if(m_lines.begin(), m_lines.end(), [&step](const Line &line) {
        return line.status.code == step;
    });
    return found == m_lines.end() ? -1 : int(found - m_lines.begin());
}

int ChecklistModel::currentRow() const
{
    const auto isLeft = [](const Line &line) {
        return line.status.state != StepState::Done && line.status.state != StepState::Skipped;
    };
    const auto found = std::find_if(m_lines.begin(), m_lines.end(), isLeft);
    return found == m_lines.end() ? int(m_lines.size()) - 1 : int(found - m_lines.begin());
}

int ChecklistModel::finishedCount() const
{
    return int(std::count_if(m_lines.begin(), m_lines.end(), [](const Line &line) {
        return line.status.state == StepState::Done || line.status.state == StepState::Skipped;
    }));
}

} // namespace Banister
