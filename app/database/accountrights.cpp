// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/accountrights.h"

#include "database/databaseerror.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

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

/// Of several names that mean a database, the server goes by the one whose first wildcard comes last.
qsizetype exactness(const QString &pattern)
{
    static const QRegularExpression wildcard(uR"((?<!\\)[%_])"_s);
    const auto first = pattern.indexOf(wildcard);
    return first < 0 ? std::numeric_limits<qsizetype>::max() : first;
}

/// MySQL puts a blank after a comma for some rights and none for others.
QStringList rightsOf(const QString &list)
{
    auto rights = list.split(u',');
    for (auto &right : rights)
        right = right.trimmed();
    return rights;
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
    rights.add(*grants, connection.databaseName());
    return rights;
}

void AccountRights::add(const QList<QVariantList> &grants, const QString &database)
{
    static const QRegularExpression pattern(
        uR"(^(GRANT|REVOKE) (.+) ON (?:\*|`((?:[^`]|``)*)`)\.\* (?:TO|FROM) (\S+))"_s);
    struct Own
    {
        qsizetype exactness = -1;
        QStringList rights;
    };
    QHash<QString, Own> own; // of the account, and of each of its roles
    QSet<QString> revoked;   // from rights on all databases: MySQL's partial revokes
    for (const auto &grant : grants) {
        const auto match = pattern.match(grant.constFirst().toString());
        if (!match.hasMatch())
            continue;
        const auto rights = rightsOf(match.captured(2));
        const auto meant = match.captured(3);
        if (meant.isEmpty()) {
            for (const auto &right : rights)
                m_rights.insert(right);
            // What goes beyond one database is not part of ALL for one.
            if (rights.contains("ALL PRIVILEGES"_L1))
                m_rights.insert(u"SUPER"_s);
        } else if (!isMeant(meant, database)) {
            continue;
        } else if (match.captured(1) == "REVOKE"_L1) {
            for (const auto &right : rights)
                revoked.insert(right);
        } else if (auto &best = own[match.captured(4)]; exactness(meant) > best.exactness) {
            best = {exactness(meant), rights};
        }
    }
    m_rights.subtract(revoked);
    for (const auto &best : std::as_const(own)) {
        for (const auto &right : best.rights)
            m_rights.insert(right);
    }
}

bool AccountRights::has(const QString &right) const
{
    return m_rights.contains(u"ALL PRIVILEGES"_s) || m_rights.contains(right);
}

QStringList AccountRights::missing(const QStringList &rights) const
{
    QStringList missing;
    std::copy_if(rights.begin(),
                 rights.end(),
                 std::back_inserter(missing),
                 [this](const auto &right) { return !has(right); });
    return missing;
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

QStringList rightsToLoad(const QList<SchemaObject> &objects, bool hasForeignKeys)
{
    using Kind = SchemaObject::Kind;
    QStringList rights{u"CREATE"_s, u"DROP"_s, u"INSERT"_s};
    if (hasForeignKeys)
        rights.append(u"REFERENCES"_s);
    const QList<std::pair<QString, QList<Kind>>> needs{
        {u"CREATE VIEW"_s, {Kind::View}},
        {u"TRIGGER"_s, {Kind::Trigger}},
        {u"CREATE ROUTINE"_s, {Kind::Procedure, Kind::Function}},
        {u"ALTER ROUTINE"_s, {Kind::Procedure, Kind::Function}}, // to remove what is there
        {u"EVENT"_s, {Kind::Event}}};
    for (const auto &[right, kinds] : needs) {
        const auto needsIt = [&kinds](const SchemaObject &object) {
            return kinds.contains(object.kind);
        };
        if (std::any_of(objects.begin(), objects.end(), needsIt))
            rights.append(right);
    }
    return rights;
}

} // namespace Banister
