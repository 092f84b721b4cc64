// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/logmodel.h"

#include "ui/style/style.h"

#include <QGuiApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

struct LevelLook
{
    QString icon;
    Style::Tone tone;
    QString text;
};

LevelLook lookOf(LogLevel level)
{
    switch (level) {
    case LogLevel::Error:
        return {u"error"_s, Style::Tone::Bad, LogModel::tr("Error", "@status")};
    case LogLevel::Warning:
        return {u"warning"_s, Style::Tone::Notice, LogModel::tr("Warning", "@status")};
    case LogLevel::Info:
        break;
    }
    return {u"info"_s, Style::Tone::Neutral, LogModel::tr("Info", "@status")};
}

} // namespace

LogModel::LogModel(QObject *parent, int capacity)
    : QAbstractTableModel(parent)
    , m_capacity(capacity)
{}

int LogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

int LogModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LogModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &entry = m_entries.at(index.row());
    if (role == LevelRole)
        return int(entry.level);
    if (role == Qt::DecorationRole && index.column() == Level) {
        const auto look = lookOf(entry.level);
        return QIcon(Style::pixmap(look.icon,
                                   QSize(Style::IconSize, Style::IconSize) * 2,
                                   Style::colour(look.tone, QGuiApplication::palette())));
    }
    if (role == Qt::ToolTipRole && index.column() == Text)
        return entry.text;
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Time:
        return entry.time.isValid() ? entry.time.toLocalTime().toString(u"yyyy-MM-dd hh:mm:ss"_s)
                                    : QString();
    case Level:
        return lookOf(entry.level).text;
    case StepColumn:
        return entry.step;
    default:
        return entry.text;
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time", "@title");
    case Level:
        return tr("Level", "@title");
    case StepColumn:
        return tr("Step", "@title");
    default:
        return tr("Message", "@title");
    }
}

void LogModel::clear()
{
    beginResetModel();
    m_entries.clear();
    endResetModel();
}

void LogModel::append(const QList<LogEntry> &entries)
{
    const auto added = entries.last(std::min<qsizetype>(entries.size(), m_capacity));
    if (added.isEmpty())
        return;
    const auto tooMany = m_entries.size() + added.size() - m_capacity;
    if (tooMany > 0) {
        beginRemoveRows({}, 0, int(tooMany) - 1);
        m_entries.remove(0, tooMany);
        endRemoveRows();
    }
    beginInsertRows({}, int(m_entries.size()), int(m_entries.size() + added.size()) - 1);
    m_entries.append(added);
    endInsertRows();
}

void LogFilter::setLevel(LogLevel level)
{
    m_level = level;
    invalidateRowsFilter();
}

void LogFilter::setText(const QString &text)
{
    m_text = text;
    invalidateRowsFilter();
}

bool LogFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const auto index = sourceModel()->index(row, LogModel::Text, parent);
    if (index.data(LogModel::LevelRole).toInt() < int(m_level))
        return false;
    return m_text.isEmpty() || index.data().toString().contains(m_text, Qt::CaseInsensitive)
           || index.siblingAtColumn(LogModel::StepColumn)
                  .data()
                  .toString()
                  .contains(m_text, Qt::CaseInsensitive);
}

} // namespace Banister
