// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "php/phperror.h"
#include "php/phprules.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

struct PhpFailureText
{
    Q_DECLARE_TR_FUNCTIONS(PhpFailure)
};

/// Numbers of MySQL and MariaDB: the error references of MySQL 8.0 and of MariaDB 10.11.
PhpError codeOf(int number)
{
    switch (number) {
    case 2002: // socket or port refused
    case 2003: // TCP refused
    case 2005: // unknown host
    case 2006: // server has gone away
    case 2013: // lost connection
    case 1040: // too many connections
    case 1053: // server shutdown in progress
    case 1077: // normal shutdown
    case 1129: // host is blocked
    case 1130: // host is not allowed
    case 1203: // too many connections of the user
    case 1226: // limit of the user
        return PhpError::DatabaseUnreachable;
    case 1045: // access denied, with or without password
    case 1698: // access denied, the account has no password
    case 1862: // password has expired
    case 2054: // authentication method unknown to the client
        return PhpError::DatabaseAccessDenied;
    case 1049:
        return PhpError::UnknownDatabase;
    case 1044:
        return PhpError::NoRightsOnDatabase;
    case 1142: // table
    case 1143: // column
    case 1227: // SUPER and the like
    case 1370: // routine
    case 1290: // the server is read-only
    case 1419: // trigger needs SUPER
        return PhpError::NoRights;
    case 1007: // database
    case 1050: // table
    case 1060: // column
    case 1061: // index
    case 1826: // foreign key
    case 1022: // foreign key, as a duplicate key
    case 121:
        return PhpError::ObjectExists;
    case 1008: // database
    case 1051: // unknown table
    case 1054: // unknown column
    case 1091: // column or index to drop
    case 1146: // table
    case 1176: // index
        return PhpError::ObjectMissing;
    case 1205:
        return PhpError::LockWait;
    case 1213:
        return PhpError::Deadlock;
    case 1021: // disk full
    case 1114: // table is full
        return PhpError::DiskFull;
    default:
        return PhpError::StatementFailed;
    }
}

/// What Doctrine says it was executing; without its parameters.
QString statementBefore(const QString &text, qsizetype offset)
{
    static const QRegularExpression executing(
        uR"(while executing (?:the query |a query: )?['"]?([\s\S]+?)['"]?(?: with params \[[\s\S]*?\])?:\s*\z)"_s);
    const auto start = text.lastIndexOf("while executing"_L1, offset);
    if (start < 0 || offset - start > 20000)
        return {};
    const auto match = executing.match(text.mid(start, offset - start));
    auto statement = match.captured(1).simplified();
    constexpr qsizetype longest = 200;
    if (statement.size() > longest)
        statement = statement.left(longest) + u'…';
    return statement;
}

struct Wording
{
    QRegularExpression pattern;
    int number; ///< 0: the first group has it
};

const QList<Wording> &wordings()
{
    static const QList<Wording> all{
        // SQLSTATE[HY000] [2002] Connection refused
        {QRegularExpression(uR"(SQLSTATE\[\w{5}\] \[(\d+)\] ([^\n]+))"_s), 0},
        // SQLSTATE[42S21]: Column already exists: 1060 Duplicate column name 'a'
        {QRegularExpression(uR"(SQLSTATE\[\w{5}\]: [^\n:]*: (\d+) ([^\n]+))"_s), 0},
        // mysqli: (HY000/2002): Connection refused
        {QRegularExpression(uR"(\(\w{5}/(\d+)\): ([^\n]+))"_s), 0},
        // the clients: ERROR 1045 (28000): Access denied
        {QRegularExpression(uR"(ERROR (\d{4}) \(\w{5}\)[^:\n]*: ([^\n]+))"_s), 0},
        // Doctrine on mysqli gives the message alone.
        {QRegularExpression(
             uR"((Access denied for user '[^\n]*?'@'[^\n]*?' to database [^\n]+))"_s),
         1044},
        {QRegularExpression(
             uR"((Access denied for user '[^\n]*?'@'[^\n]*?' \(using password[^\n]+))"_s),
         1045},
        {QRegularExpression(uR"((Unknown database '[^\n]+))"_s), 1049},
        {QRegularExpression(uR"((MySQL server has gone away[^\n]*))"_s), 2006},
        // Whatever else has a state.
        {QRegularExpression(uR"(SQLSTATE\[(?:\w{5})\]:? ?([^\n]+))"_s), -1},
    };
    return all;
}

} // namespace

std::optional<PhpFinding> findSqlFailure(const QString &text)
{
    for (const auto &[pattern, known] : wordings()) {
        const auto match = pattern.match(text);
        if (!match.hasMatch())
            continue;
        const int number = known == 0 ? match.captured(1).toInt() : known;
        auto message = match.captured(known == 0 ? 2 : 1).trimmed();
        while (message.endsWith(u'.'))
            message.chop(1);
        const auto offset = match.capturedStart();
        const auto statement = statementBefore(text, offset);
        const auto code = codeOf(number);
        QString fact;
        if (code == PhpError::DatabaseUnreachable)
            fact = PhpFailureText::tr("The database cannot be reached: %2 (error %1).")
                       .arg(QString::number(number), message);
        else if (number < 0)
            fact = PhpFailureText::tr("The database refused a statement: %1.").arg(message);
        else if (statement.isEmpty())
            fact = PhpFailureText::tr("The database answered with error %1: %2.")
                       .arg(QString::number(number), message);
        else
            fact =
                PhpFailureText::tr("The database answered with error %1: %2. The statement was: %3")
                    .arg(QString::number(number), message, statement);
        return PhpFinding{code, fact, offset};
    }
    return {};
}

} // namespace Banister
