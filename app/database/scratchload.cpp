// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/scratchload.h"

#include "database/comparedatabase.h"
#include "database/connection.h"
#include "database/databaseerror.h"
#include "database/dumpmanifest.h"
#include "database/restore.h"
#include "database/statementreader.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr auto NamePrefix = "banister_verify_"_L1;

QString text(const char *sentence)
{
    return QCoreApplication::translate("ScratchLoad", sentence);
}

bool lacksRights(const Error &error)
{
    return error.has(DatabaseError::NoRights) || error.has(DatabaseError::NoRightsOnDatabase)
           || error.has(DatabaseError::AccessDenied);
}

/// A view or routine that names its database by name would read, or change, the original; an event
/// would run by itself. Too much is suspected rather than too little.
Result<QString>
reasonAgainst(const DumpManifest &manifest, Connection &connection, const Monitor &monitor)
{
    const auto scheduler = connection.scalar(u"SELECT @@event_scheduler"_s);
    if (!scheduler)
        return scheduler.failure();
    const QRegularExpression original(
        u"(?<![\\w$])`?%1`?\\s*\\."_s.arg(QRegularExpression::escape(manifest.database)),
        QRegularExpression::CaseInsensitiveOption);
    for (auto it = manifest.objects.keyBegin(); it != manifest.objects.keyEnd(); ++it) {
        if (it->startsWith("event "_L1) && scheduler->toString() == "ON"_L1)
            return text("the dump has events, which would run in the scratch database");
    }
    for (const auto &part : manifest.parts) {
        if (part.kind == DumpPart::Kind::Rows)
            continue;
        auto reader = StatementReader::open(manifest.folder + u'/' + part.file);
        if (!reader)
            return reader.failure();
        while (true) {
            if (monitor.isCancelRequested())
                return Cancelled{};
            const auto statement = reader->next();
            if (!statement)
                return statement.failure();
            if (!*statement)
                break;
            if (QString::fromUtf8((*statement)->text).contains(original))
                return text("views, triggers or routines name the database %1 itself")
                    .arg(manifest.database);
        }
    }
    return QString();
}

/// A database that goes with its owner. The server's lock of its name tells that somebody uses it.
class ScratchDatabase
{
public:
    explicit ScratchDatabase(Connection &connection)
        : m_connection(connection)
    {}
    ~ScratchDatabase()
    {
        if (!m_name.isEmpty())
            static_cast<void>(drop(m_name).isOk()); // the next call finds it
    }
    Q_DISABLE_COPY_MOVE(ScratchDatabase)

    const QString &name() const { return m_name; }

    Result<> dropLeftovers()
    {
        const auto names = m_connection.rows(u"SHOW DATABASES LIKE 'banister\\_verify\\_%'"_s);
        if (!names)
            return names.failure();
        for (const auto &row : *names) {
            const auto name = row.constFirst().toString();
            const auto isFree =
                m_connection.scalar(u"SELECT IS_FREE_LOCK(%1)"_s.arg(quoteValue(name)));
            if (!isFree)
                return isFree.failure();
            if (isFree->toInt() == 0)
                continue;
            if (auto dropped = drop(name); !dropped)
                return dropped;
        }
        return Success;
    }

    Result<> create()
    {
        const auto name = NamePrefix + QUuid::createUuid().toString(QUuid::Id128);
        const auto locked = m_connection.scalar(u"SELECT GET_LOCK(%1, 0)"_s.arg(quoteValue(name)));
        if (!locked)
            return locked.failure();
        const auto collation = m_connection.scalar(u"SELECT @@collation_database"_s);
        if (!collation)
            return collation.failure();
        auto made = m_connection.execute("CREATE DATABASE " + quoteName(name).toUtf8() + " COLLATE "
                                         + collation->toString().toUtf8());
        if (made)
            m_name = name;
        return made;
    }

private:
    Result<> drop(const QString &name)
    {
        return m_connection.execute("DROP DATABASE IF EXISTS " + quoteName(name).toUtf8());
    }

    Connection &m_connection;
    QString m_name; ///< empty: not made
};

Result<ScratchVerdict> loadAndCompare(DatabaseSettings settings,
                                      const QString &scratch,
                                      const DumpManifest &manifest,
                                      Monitor &monitor)
{
    settings.name = scratch;
    RestoreOptions options;
    options.isVerified = true;
    const auto loaded = restoreDump(settings, manifest.folder, options, monitor);
    if (loaded.isError() && lacksRights(loaded.error()))
        return ScratchVerdict{false, factsOf(loaded.error())};
    if (!loaded)
        return loaded.failure();
    const auto differences = compareWithManifest(settings, manifest, monitor);
    if (!differences)
        return differences.failure();
    if (differences->isEmpty())
        return ScratchVerdict{true, {}};
    return Error{DatabaseError::DumpDamaged,
                 text("Loaded into a scratch database, %1 differs from what was recorded.")
                     .arg(differences->constFirst().table),
                 {},
                 {}};
}

} // namespace

Result<ScratchVerdict>
loadIntoScratch(const DatabaseSettings &settings, const QString &folder, Monitor &monitor)
{
    const auto manifest = readDumpManifest(folder);
    if (!manifest)
        return manifest.failure();
    auto connection = Connection::open(settings);
    if (!connection)
        return connection.failure();
    const auto against = reasonAgainst(*manifest, *connection, monitor);
    if (!against)
        return against.failure();
    if (!against->isEmpty())
        return ScratchVerdict{false, *against};
    ScratchDatabase scratch(*connection);
    for (const auto step : {&ScratchDatabase::dropLeftovers, &ScratchDatabase::create}) {
        const auto done = (scratch.*step)();
        if (done.isError() && lacksRights(done.error()))
            return ScratchVerdict{false, text("the database user may not create a database")};
        if (!done)
            return done.failure();
    }
    return loadAndCompare(settings, scratch.name(), *manifest, monitor);
}

} // namespace Banister
