// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/restoretarget.h"

#include "database/databaseerror.h"
#include "database/deferredkeys.h"
#include "database/schema.h"
#include "database/serverfacts.h"
#include "database/statementreader.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>
#include <QStringList>
#include <QThread>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("RestoreTarget", sentence);
}

bool isLock(const Error &error)
{
    return error.has(DatabaseError::LockWait) || error.has(DatabaseError::Deadlock);
}

// The head of a definition as the server prints it.
void noteObject(const QByteArray &statement, RestoreNeeds &needs)
{
    static const QRegularExpression pattern(
        uR"(^CREATE\s+(?:OR\s+REPLACE\s+)?(?:ALGORITHM\s*=\s*\w+\s+)?)"
        uR"((?:DEFINER\s*=\s*((?:`(?:[^`]|``)*`|[^\s`@]+)(?:@(?:`(?:[^`]|``)*`|[^\s`]+))?)\s+)?)"
        uR"((?:SQL\s+SECURITY\s+\w+\s+)?(?:AGGREGATE\s+)?(VIEW|TRIGGER|PROCEDURE|FUNCTION|EVENT)\b)"_s,
        QRegularExpression::CaseInsensitiveOption);
    constexpr qsizetype longestHead = 1000;
    const auto match = pattern.match(QString::fromUtf8(statement.left(longestHead)));
    if (match.hasMatch())
        needs.objects.emplace(match.captured(2).toUpper().toUtf8(), match.captured(1).toUtf8());
}

/// The names that a check uses; they bear the prefix, so that a later clearing finds what a check
/// that was killed has left.
struct ProbeNames
{
    explicit ProbeNames(const QString &prefix)
        : table(quoteName(prefix + u"banister_probe"_s).toUtf8())
        , child(quoteName(prefix + u"banister_probe_child"_s).toUtf8())
        , object(quoteName(prefix + u"banister_probe_object"_s).toUtf8())
    {}
    QByteArray table;
    QByteArray child;
    QByteArray object;
};

QByteArray probeOf(const QByteArray &kind, const QByteArray &definer, const ProbeNames &names)
{
    const auto create = "CREATE " + (definer.isEmpty() ? QByteArray() : "DEFINER=" + definer + ' ')
                        + kind + ' ' + names.object;
    if (kind == "VIEW")
        return create + " AS SELECT 1 AS a";
    if (kind == "TRIGGER")
        return create + " BEFORE INSERT ON " + names.table + " FOR EACH ROW SET @banister = 1";
    if (kind == "PROCEDURE")
        return create + "() SELECT 1";
    if (kind == "FUNCTION")
        return create + "() RETURNS INT DETERMINISTIC NO SQL RETURN 1";
    return create + " ON SCHEDULE EVERY 1 DAY DISABLE DO SELECT 1";
}

QList<std::pair<QByteArray, QString>> probes(const RestoreNeeds &needs, const ProbeNames &names)
{
    const auto table = text("a table for trying out what the database user may do");
    QList<std::pair<QByteArray, QString>> statements{
        {"CREATE TABLE " + names.table + " (a INT NOT NULL PRIMARY KEY) ENGINE=InnoDB", table},
        {"INSERT INTO " + names.table + " VALUES (1)", table}};
    if (needs.foreignKeys)
        statements.append({"CREATE TABLE " + names.child + " (a INT, FOREIGN KEY (a) REFERENCES "
                               + names.table + " (a)) ENGINE=InnoDB",
                           text("a foreign key")});
    for (const auto &[kind, definer] : needs.objects) {
        const auto what = QString::fromLatin1(kind);
        statements.append({probeOf(kind, definer, names),
                           definer.isEmpty()
                               ? text("CREATE %1").arg(what)
                               : text("CREATE %1 for %2").arg(what, QString::fromUtf8(definer))});
        statements.append({"DROP " + kind + ' ' + names.object, text("DROP %1").arg(what)});
    }
    return statements;
}

Result<> readSchemaNeeds(const QString &path,
                         const DumpSelection &selection,
                         RestoreNeeds &needs,
                         bool isTable)
{
    auto reader = StatementReader::open(path);
    if (!reader)
        return reader.failure();
    while (true) {
        const auto statement = reader->next();
        if (!statement)
            return statement.failure();
        if (!*statement)
            return Success;
        if (!isTable && !selection.takes((*statement)->text))
            continue;
        const auto &sql = (*statement)->text;
        needs.foreignKeys = needs.foreignKeys || sql.contains("FOREIGN KEY (");
        needs.holdsNames =
            needs.holdsNames || (isTable && deferKeys(sql).create.contains("\n  CONSTRAINT `"));
        noteObject(sql, needs);
    }
}

} // namespace

Result<Connection> openForLoading(const DatabaseSettings &settings, const LockPatience &patience)
{
    auto connection = Connection::open(settings);
    if (!connection)
        return connection;
    const auto wait = QByteArray::number(qint64(patience.wait.count()));
    const auto set = connection->execute("SET SESSION foreign_key_checks = 0, unique_checks = 0, "
                                         "lock_wait_timeout = "
                                         + wait + ", innodb_lock_wait_timeout = " + wait
                                         + " /*M! , check_constraint_checks = 0 */");
    if (!set)
        return set.failure();
    // Old tables may have longer rows than new ones are allowed. Not every account may say so; then
    // the server tells at the table that needs it.
    static_cast<void>(connection->execute("SET SESSION innodb_strict_mode = 0").isOk());
    return connection;
}

Result<> withPatience(const LockPatience &patience,
                      const Monitor &monitor,
                      const std::function<Result<>()> &work)
{
    for (int attempt = 1;; ++attempt) {
        if (monitor.isCancelRequested())
            return Cancelled{};
        auto result = work();
        if (!result.isError() || !isLock(result.error()) || attempt >= patience.tries)
            return result;
        QThread::msleep(10UL * ulong(attempt)); // two that met in a deadlock should not meet again
    }
}

Result<RestoreNeeds> readRestoreNeeds(const DumpSelection &selection, const Monitor &monitor)
{
    RestoreNeeds needs;
    const auto &manifest = selection.manifest();
    for (const auto &part : manifest.parts) {
        if (monitor.isCancelRequested())
            return Cancelled{};
        needs.longestStatement = std::max(needs.longestStatement, part.longestStatement);
        if (part.kind == DumpPart::Kind::Rows)
            continue;
        const bool isTable = part.kind == DumpPart::Kind::Schema;
        const auto path = manifest.folder + u'/' + part.file;
        if (const auto read = readSchemaNeeds(path, selection, needs, isTable); !read)
            return read.failure();
    }
    return needs;
}

Result<> checkTarget(Connection &connection,
                     const DumpManifest &manifest,
                     const RestoreNeeds &needs,
                     const LockPatience &patience,
                     const Monitor &monitor)
{
    const auto facts = ServerFacts::read(connection);
    if (!facts)
        return facts.failure();
    if (needs.longestStatement >= facts->maxAllowedPacket) {
        const QLocale locale;
        return Error{DatabaseError::PacketTooLarge,
                     text("The dump holds a statement of %1; the server takes at most %2 "
                          "(max_allowed_packet).")
                         .arg(locale.formattedDataSize(needs.longestStatement),
                              locale.formattedDataSize(facts->maxAllowedPacket)),
                     {},
                     {}};
    }
    const ProbeNames names(manifest.tablePrefix);
    const auto tidy = [&]() -> Result<> {
        QByteArrayList statements{"DROP TABLE IF EXISTS " + names.child,
                                  "DROP TABLE IF EXISTS " + names.table};
        for (const auto &[kind, definer] : needs.objects)
            statements.prepend("DROP " + kind + " IF EXISTS " + names.object);
        for (const auto &statement : statements) {
            if (auto dropped = connection.execute(statement); !dropped)
                return dropped;
        }
        return Success;
    };
    const auto probe = [&]() -> Result<> {
        if (auto tidied = tidy(); !tidied)
            return tidied;
        const auto statements = probes(needs, names);
        for (const auto &[statement, subject] : statements) {
            if (auto done = connection.execute(statement, subject); !done)
                return done;
        }
        return tidy();
    };
    auto probed = withPatience(patience, monitor, probe);
    if (!probed.isError())
        return probed;
    static_cast<void>(tidy().isOk()); // as far as the account can
    const auto &error = probed.error();
    if (error.code != ErrorCode(DatabaseError::NoRightsOnDatabase))
        return error;
    // The account has rights here, but not this one.
    return Error{DatabaseError::NoRights,
                 text("The database user lacks a right that loading the dump takes."),
                 {},
                 {}}
        .because(error);
}

Result<> clearTarget(Connection &connection,
                     const QList<PresentObject> &objects,
                     const LockPatience &patience,
                     const Monitor &monitor,
                     const std::function<void(const QString &)> &announce)
{
    for (const auto &object : objects) {
        announce(object.name);
        auto dropped = withPatience(patience, monitor, [&] {
            return connection.execute(object.dropStatement(), object.name);
        });
        if (!dropped)
            return dropped;
    }
    return Success;
}

} // namespace Banister
