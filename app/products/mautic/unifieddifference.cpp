// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/configchanges.h"

#include <QList>

#include <algorithm>
#include <vector>

namespace Banister {

using namespace Qt::StringLiterals;

namespace {

struct DifferenceLine
{
    QChar sign;
    QString text;
};

/// The longest common subsequence, by the table: files of some hundred lines, whose equal ends the
/// caller has cut off.
void appendMiddle(const QStringList &a, const QStringList &b, QList<DifferenceLine> &lines)
{
    const size_t width = size_t(b.size()) + 1;
    std::vector<quint32> common((size_t(a.size()) + 1) * width, 0);
    const auto at = [&](qsizetype i, qsizetype j) -> quint32 & {
        return common[size_t(i) * width + size_t(j)];
    };
    for (qsizetype i = a.size() - 1; i >= 0; --i) {
        for (qsizetype j = b.size() - 1; j >= 0; --j) {
            at(i, j) =
                a.at(i) == b.at(j) ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
        }
    }
    qsizetype i = 0;
    qsizetype j = 0;
    while (i < a.size() || j < b.size()) {
        if (i < a.size() && j < b.size() && a.at(i) == b.at(j)) {
            lines += {u' ', a.at(i)};
            ++i;
            ++j;
        } else if (i < a.size() && (j == b.size() || at(i + 1, j) >= at(i, j + 1))) {
            lines += {u'-', a.at(i++)};
        } else {
            lines += {u'+', b.at(j++)};
        }
    }
}

QString rangeOf(qsizetype start, qsizetype count)
{
    const QString first = QString::number(count == 0 ? start : start + 1);
    return count == 1 ? first : first + ','_L1 + QString::number(count);
}

} // namespace

QString unifiedDifference(const QString &before, const QString &after, int context)
{
    const QStringList a = before.split('\n'_L1);
    const QStringList b = after.split('\n'_L1);
    qsizetype head = 0;
    const qsizetype shorter = std::min(a.size(), b.size());
    while (head < shorter && a.at(head) == b.at(head))
        ++head;
    qsizetype tail = 0;
    while (tail < shorter - head && a.at(a.size() - 1 - tail) == b.at(b.size() - 1 - tail))
        ++tail;

    QList<DifferenceLine> lines;
    for (const QString &line : a.mid(0, head))
        lines += {u' ', line};
    appendMiddle(a.mid(head, a.size() - head - tail), b.mid(head, b.size() - head - tail), lines);
    for (const QString &line : a.mid(a.size() - tail))
        lines += {u' ', line};

    QString text;
    qsizetype oldLine = 0;
    qsizetype newLine = 0;
    qsizetype at = 0;
    const auto isChange = [&](qsizetype index) { return lines.at(index).sign != ' '_L1; };
    while (at < lines.size()) {
        qsizetype first = at;
        while (first < lines.size() && !isChange(first))
            ++first;
        if (first == lines.size())
            break;
        const qsizetype start = std::max(at, first - context);
        // A hunk goes on while the next change is within the context of both.
        qsizetype last = first;
        for (qsizetype i = first; i < lines.size() && i <= last + 2 * qsizetype(context) + 1; ++i) {
            if (isChange(i))
                last = i;
        }
        const qsizetype end = std::min(lines.size(), last + context + 1);
        oldLine += start - at;
        newLine += start - at;
        qsizetype oldCount = 0;
        qsizetype newCount = 0;
        QString hunk;
        for (qsizetype i = start; i < end; ++i) {
            oldCount += lines.at(i).sign != '+'_L1 ? 1 : 0;
            newCount += lines.at(i).sign != '-'_L1 ? 1 : 0;
            hunk += lines.at(i).sign + lines.at(i).text + '\n'_L1;
        }
        text +=
            u"@@ -%1 +%2 @@\n"_s.arg(rangeOf(oldLine, oldCount), rangeOf(newLine, newCount)) + hunk;
        oldLine += oldCount;
        newLine += newCount;
        at = end;
    }
    return text;
}

} // namespace Banister
