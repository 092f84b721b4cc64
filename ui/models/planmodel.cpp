// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/planmodel.h"

#include "ui/models/linerole.h"
#include "ui/rollback/rollbackwords.h"
#include "ui/support/wording.h"

#include <QLocale>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Banister {

int PlainModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

QVariant PlainModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &line = m_lines.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return line.title;
    case Qt::ToolTipRole:
        return line.detail;
    case Qt::AccessibleTextRole:
        return QStringList{line.title, line.status, line.statusDetail, line.detail}
            .filter(QRegularExpression(u"."_s))
            .join(u", "_s);
    case LineRole::Icon:
        return line.icon;
    case LineRole::Tone:
        return line.tone;
    case LineRole::Code:
        return line.code;
    case LineRole::Detail:
        return line.detail;
    case LineRole::Status:
        return line.status;
    case LineRole::StatusDetail:
        return line.statusDetail;
    default:
        return {};
    }
}

void PlainModel::setLines(const QList<PlainLine> &lines)
{
    beginResetModel();
    m_lines = lines;
    endResetModel();
}

QList<PlainLine> linesOf(const QList<PlannedStep> &steps)
{
    QList<PlainLine> lines;
    for (const auto &step : steps) {
        const auto number = QLocale().toString(lines.size() + 1);
        lines.append({u"pending"_s,
                      int(Style::Tone::Neutral),
                      PlainModel::tr("%1. %2", "number, step").arg(number, step.title),
                      step.code,
                      step.intention,
                      {},
                      {}});
    }
    return lines;
}

QList<PlainLine> linesOf(const QList<Customisation> &customisations)
{
    QList<PlainLine> lines;
    for (const auto &one : customisations) {
        auto icon = u"ok"_s;
        auto tone = Style::Tone::Good;
        if (one.fate == CustomFate::Replaced) {
            icon = u"info"_s;
            tone = Style::Tone::Active;
        } else if (one.fate == CustomFate::NeedsALook) {
            icon = u"warning"_s;
            tone = Style::Tone::Notice;
        }
        lines.append({icon, int(tone), one.path, {}, one.reason, nameOf(one.fate), {}});
    }
    return lines;
}

QList<PlainLine> linesOf(const QList<RestorePoint> &points)
{
    QList<PlainLine> lines;
    const QLocale locale;
    for (const auto &point : points) {
        const auto &notes = point.notes;
        PlainLine line;
        line.title = locale.toString(point.created.toLocalTime(), QLocale::ShortFormat);
        line.title += u" · "_s
                      + (point.version.isEmpty() ? PlainModel::tr("between two versions")
                                                 : PlainModel::tr("version %1").arg(point.version));
        if (!notes.name.isEmpty())
            line.title += u" · "_s + notes.name;
        line.detail = QStringList{RollbackWords::originOf(point),
                                  PlainModel::tr("%Ln file(s)", nullptr, int(point.fileCount)),
                                  PlainModel::tr("%Ln table(s)", nullptr, int(point.tableCount)),
                                  PlainModel::tr("%Ln row(s)", nullptr, int(point.rowCount))}
                          .join(u", "_s);
        line.statusDetail = sizeText(point.fileBytes);
        if (notes.isFrozen)
            line.statusDetail += u" · "_s + PlainModel::tr("Frozen", "@status");
        auto look = Look{u"ok"_s, Style::Tone::Good, PlainModel::tr("Verified", "@status")};
        if (notes.used.isValid())
            look = {u"skipped"_s, Style::Tone::Neutral, PlainModel::tr("Used up", "@status")};
        else if (!notes.verified.isValid())
            look = {u"warning"_s, Style::Tone::Notice, PlainModel::tr("Not verified", "@status")};
        line.icon = look.icon;
        line.tone = int(look.tone);
        line.status = look.text;
        lines.append(line);
    }
    return lines;
}

} // namespace Banister
