// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/runlistener.h"
#include "engine/runstate.h"

#include <QAbstractListModel>
#include <QDateTime>

#include <functional>

namespace Banister {

/// The steps of a run, one row each; takes the signals of a RunController.
class ChecklistModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using Clock = std::function<QDateTime()>;

    explicit ChecklistModel(
        QObject *parent = nullptr, Clock clock = [] { return QDateTime::currentDateTimeUtc(); });

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    void setRun(const RunState &state);
    void setState(const StepCode &step, StepState state, const Error &error, const QString &text);
    void setProgress(const StepCode &step, const Progress &progress);
    /// Elapsed times go on; to be called about once a second while the run works.
    void tick();

    const StepStatus &step(int row) const { return m_lines.at(row).status; }
    /// What the running step reports just now; empty for others.
    QString activity(int row) const { return m_lines.at(row).progress.text; }
    int rowOf(const StepCode &step) const; ///< -1 where there is none
    int currentRow() const;    ///< the running one, else where the run stands; -1 without steps
    int finishedCount() const; ///< done or skipped

private:
    struct Line
    {
        StepStatus status;
        Progress progress;
    };

    QVariant percent(const Line &line) const;
    QString statusDetail(const Line &line) const;
    QString detail(const Line &line) const;

    QList<Line> m_lines;
    Clock m_clock;
};

} // namespace Banister
