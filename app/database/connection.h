// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "database/databasesettings.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QVariant>

#include <memory>

struct st_mysql;

namespace Banister {

/// A connection through QtSql's QMYSQL driver. Made, used and ended on one thread.
///
/// The session speaks utf8mb4, counts time in UTC, and reads and writes any value that a table can
/// hold (zero dates, 0 in AUTO_INCREMENT columns). Rows in number go through handle(): Qt's driver
/// keeps whole results in memory.
class Connection
{
public:
    /// Errors: DatabaseError; the fact names host and database, never the password.
    static Result<Connection> open(const DatabaseSettings &settings);
    Connection(Connection &&other) noexcept;
    Connection &operator=(Connection &&other) noexcept;
    ~Connection();

    /// Runs a statement of any size; results are discarded. The error names \p subject, or the
    /// statement's beginning where that is empty.
    Result<> execute(const QByteArray &statement, const QString &subject = {});
    /// All rows of a small result.
    Result<QList<QVariantList>> rows(const QString &statement);
    /// The first value of the first row; invalid where there is none.
    Result<QVariant> scalar(const QString &statement);

    /// The client library's own handle, for streaming; owned by this.
    st_mysql *handle() const { return m_handle; }
    /// The library's error of the last call through handle().
    Error lastError(const QString &subject) const;
    const QString &databaseName() const { return m_databaseName; }

private:
    explicit Connection(QString name);

    QString m_name; ///< of the QSqlDatabase; empty when moved from
    QString m_databaseName;
    st_mysql *m_handle = nullptr;
};

/// `name`, with backticks inside doubled.
QString quoteName(const QString &name);
/// 'value', for sessions without NO_BACKSLASH_ESCAPES.
QString quoteValue(const QString &value);

/// Whether a path can be an option of Qt's driver (6.4), which takes all of them in one text: cut at
/// each semicolon, with blanks and line breaks in a row made one blank.
bool canBeOption(const QString &path);

} // namespace Banister
