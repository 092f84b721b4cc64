// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QList>
#include <QRegularExpression>
#include <QString>

namespace Banister {

struct LogQuery
{
    QString text; ///< plain, or a regular expression (PCRE)
    bool isExpression = false;
    bool isCaseSensitive = true;
    qsizetype maximumHits = 100000; ///< lines that are named; all are counted
};

struct LogHits
{
    qint64 count = 0;    ///< lines in which it is found
    QList<qint64> lines; ///< their numbers, from 0, in order
};

/// Finds lines in a range of a file; may be run by several threads at the same time.
class LogSearch
{
    Q_DECLARE_TR_FUNCTIONS(LogSearch)

public:
    struct Range
    {
        int file = -1;
        qint64 from = 0; ///< where a line begins
        qint64 to = 0;
        qint64 firstLine = 0; ///< number of the line at the beginning
    };

    /// Errors: LogError::BadPattern.
    static Result<LogSearch> prepare(const LogQuery &query);
    /// Errors: LogError::ReadFailed.
    Result<LogHits> run(const Range &range, Monitor &monitor) const;

    /// Text that each match of the expression has in it; empty where none is certain.
    static QString literalIn(const QString &expression);

private:
    void searchLines(QByteArrayView bytes, qint64 firstLine, LogHits &hits) const;

    QByteArray m_literal; ///< looked for first; empty where every line has to be tried
    QRegularExpression m_expression;
    bool m_needsExpression = false;
    qsizetype m_maximumHits = 0;
};

} // namespace Banister
