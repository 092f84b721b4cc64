// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/accountrights.h"

#include "database/databaseerror.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

/// Whether a grant's database name, in which % and _ are wildcards, means this one.
bool isMeant(QString pattern, const QString &database)
{
    QString expression;
    pattern.replace("``"_L1, "`"_L1);
    for (qsizetype index = 0; index < pattern.size(); ++index) {
        const auto letter = pattern.at(index);
        if (letter == u'%')
            expression += ".*"_L1;
        else if (letter == u'_')
            expression += u'.';
        else if (letter == u'\\' && index + 1 < pattern.size())
            expression += QRegularExpression::escape(pattern.at(++index));
        else
            expression += QRegularExpression::escape(letter);
    }
    return QRegularExpression(QRegularExpression::anchoredPattern(expression),
                              QRegularExpression::DotMatchesEverythingOption)
        .match(database)
        .hasMatch();
}

/// "`name`@`host`", as definitions name the account that CURRENT_USER() gives as "name@host".
QByteArray asDefiner(const QString &account)
{
    const auto at = account.lastIndexOf(u'@');
    return (quoteName(account.left(at)) + u'@' + quoteName(account.mid(at + 1))).toUtf8();
}

} // namespace

Result<AccountRights> AccountRights::read(Connection &connection)
{
    AccountRights rights;
    const auto account = connection.scalar(u"SELECT CURRENT_USER()"_s);
    if (!account)
        return account.failure();
    rights.m_account = account->toString();
    const auto grants = connection.rows(u"SHOW GRANTS"_s);
    // A server without accounts (skip-grant-tables) does not run that statement.
    if (grants.isError() && grants.error().has(DatabaseError::ServerReadOnly)) {
        rights.m_rights = {u"ALL PRIVILEGES"_s, u"SUPER"_s};
        return rights;
    }
    if (!grants)
        return grants.failure();
    static const QRegularExpression pattern(uR"(^GRANT (.+) ON (?:\*|`((?:[^`]|``)*)`)\.\* TO )"_s);
    for (const auto &grant : *grants) {
        const auto match = pattern.match(grant.constFirst().toString());
        if (!match.hasMatch())
            continue;
        const auto database = match.captured(2);
        if (!database.isEmpty() && !isMeant(database, connection.databaseName()))
            continue;
        for (const auto &right : match.captured(1).split(u", "_s))
            rights.m_rights.insert(right);
        // What goes beyond one database is not part of ALL for one.
        if (database.isEmpty() && match.captured(1) == "ALL PRIVILEGES"_L1)
            rights.m_rights.insert(u"SUPER"_s);
    }
    return rights;
}

bool AccountRights::has(const QString &right) const
{
    return m_rights.contains(u"ALL PRIVILEGES"_s) || m_rights.contains(right);
}

QList<UnseenKind> AccountRights::unseen() const
{
    QList<UnseenKind> kinds;
    if (!has(u"SELECT"_s))
        kinds.append({tr("tables and views"), u"SELECT"_s});
    if (!has(u"TRIGGER"_s))
        kinds.append({tr("triggers"), u"TRIGGER"_s});
    if (!has(u"EVENT"_s))
        kinds.append({tr("events"), u"EVENT"_s});
    if (!has(u"EXECUTE"_s) && !has(u"CREATE ROUTINE"_s) && !has(u"ALTER ROUTINE"_s))
        kinds.append({tr("functions and procedures"), u"EXECUTE"_s});
    return kinds;
}

QStringList AccountRights::notRestorable(const QList<SchemaObject> &objects) const
{
    // MariaDB 10.5, MySQL 8.0 and MySQL 8.2; before them SUPER.
    const auto others = {u"SUPER"_s, u"SET USER"_s, u"SET_USER_ID"_s, u"SET_ANY_DEFINER"_s};
    if (std::any_of(others.begin(), others.end(), [this](const auto &right) {
            return m_rights.contains(right);
        }))
        return {};
    const auto mine = asDefiner(m_account);
    QStringList titles;
    for (const auto &object : objects) {
        const auto definer = definerOf(object.definition);
        if (!definer.isEmpty() && definer != mine)
            titles.append(object.title());
    }
    return titles;
}

} // namespace Banister
