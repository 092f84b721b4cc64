// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "database/connection.h"
#include "database/schemaobjects.h"

#include <QCoreApplication>
#include <QList>
#include <QSet>
#include <QString>
#include <QStringList>
#include <QVariantList>

namespace Banister {

/// Objects that a server does not even list for an account.
struct UnseenKind
{
    QString kind;  ///< translated, plural: "triggers"
    QString right; ///< that would show them: "TRIGGER"
};

/// What an account may do in the database that it is connected to, by its own grants and by those of
/// the roles in force. Rights on single tables do not count: tables are made anew.
class AccountRights
{
    Q_DECLARE_TR_FUNCTIONS(AccountRights)

public:
    static Result<AccountRights> read(Connection &connection);

    /// As a person writes it: "mautic@localhost".
    const QString &account() const { return m_account; }
    /// Whether it holds for the whole database: "TRIGGER".
    bool has(const QString &right) const;
    /// Those of the rights that it does not hold, in their order.
    QStringList missing(const QStringList &rights) const;
    /// What may be there without showing. A dump cannot have it.
    QList<UnseenKind> unseen() const;
    /// Which objects belong to others, when this account may not make them for others again:
    /// "view name". Empty where it may.
    QStringList notRestorable(const QList<SchemaObject> &objects) const;

private:
    void add(const QList<QVariantList> &grants, const QString &database);

    QString m_account;
    QSet<QString> m_rights;
};

/// What loading a dump with such objects and keys takes, whichever the rows.
QStringList rightsToLoad(const QList<SchemaObject> &objects, bool hasForeignKeys);

} // namespace Banister
