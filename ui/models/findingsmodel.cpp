// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/findingsmodel.h"

#include "ui/models/linerole.h"
#include "ui/support/wording.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

bool isWarning(const CheckState &state)
{
    return state.phase == CheckPhase::Known && state.finding.severity == Severity::Warning;
}

struct FindingLook : Look
{
    int rank = 0;
};

FindingLook lookOfCheck(const CheckState &state)
{
    if (state.phase == CheckPhase::Running)
        return {{u"running"_s, Style::Tone::Active, FindingsModel::tr("Checking", "@status")}, 2};
    if (state.phase == CheckPhase::Waiting)
        return {{u"pending"_s, Style::Tone::Neutral, FindingsModel::tr("Waiting", "@status")}, 3};
    switch (state.finding.severity) {
    case Severity::Error:
        return {{u"error"_s, Style::Tone::Bad, FindingsModel::tr("Must be solved", "@status")}, 0};
    case Severity::Warning:
        return {{u"warning"_s,
                 Style::Tone::Notice,
                 state.isAccepted ? FindingsModel::tr("Warning, accepted", "@status")
                                  : FindingsModel::tr("Warning", "@status")},
                1};
    case Severity::Ok:
        break;
    }
    return {{u"ok"_s, Style::Tone::Good, FindingsModel::tr("Fine", "@status")}, 4};
}

} // namespace

int FindingsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_states.size());
}

QVariant FindingsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &state = m_states.at(index.row());
    const auto look = lookOfCheck(state);
    switch (role) {
    case Qt::DisplayRole:
        return state.title;
    case Qt::AccessibleTextRole:
        return tr("%1, %2. %3", "check, state, fact")
            .arg(state.title, look.text, state.finding.fact);
    case Qt::CheckStateRole:
        if (!isWarning(state))
            return {};
        return int(state.isAccepted ? Qt::Checked : Qt::Unchecked);
    case LineRole::Icon:
        return look.icon;
    case LineRole::Tone:
        return int(look.tone);
    case LineRole::Code:
        return state.code;
    case LineRole::Detail:
        return state.phase == CheckPhase::Known ? state.finding.fact : QString();
    case LineRole::Status:
        return look.text;
    case LineRole::Rank:
        return look.rank;
    default:
        return {};
    }
}

bool FindingsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || !checkIndex(index, CheckIndexOption::IndexIsValid)
        || !isWarning(m_states.at(index.row()))) {
        return false;
    }
    m_states[index.row()].isAccepted = value.toInt() == Qt::Checked;
    emit dataChanged(index, index);
    emit accepted(m_states.at(index.row()).code, m_states.at(index.row()).isAccepted);
    return true;
}

Qt::ItemFlags FindingsModel::flags(const QModelIndex &index) const
{
    auto flags = QAbstractListModel::flags(index);
    if (index.isValid() && isWarning(m_states.at(index.row())))
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

void FindingsModel::setStates(const QList<CheckState> &states)
{
    beginResetModel();
    m_states = states;
    endResetModel();
}

void FindingsModel::setState(const CheckState &state)
{
    const auto found = std::find_if(m_states.begin(), m_states.end(), [&state](const auto &other) {
        return other.code == state.code;
    });
    if (found == m_states.end())
        return;
    *found = state;
    const auto row = index(int(found - m_states.begin()));
    emit dataChanged(row, row);
}

} // namespace Banister
