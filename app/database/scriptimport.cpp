// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/scriptimport.h"

#include "database/compressedfile.h"
#include "database/connection.h"
#include "database/databaseerror.h"
#include "database/dumpfiles.h"
#include "database/rowchecksum.h"
#include "database/rowstream.h"
#include "database/scriptfacts.h"
#include "database/scriptsplitter.h"
#include "database/scriptstatement.h"
#include "database/serverfacts.h"
#include "database/tabledefinition.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr auto TemporaryTable = "banister_import"_L1;

QString text(const char *sentence)
{
    return QCoreApplication::translate("ScriptImport", sentence);
}

Error notADump(const QString &script, qint64 line, const QString &problem)
{
    return {DatabaseError::ScriptUnknown,
            text("The dump %1 cannot be used, line %2: %3.")
                .arg(script, QString::number(line), problem),
            {},
            {}};
}

/// A column as a temporary table has it: any value that the original holds fits, nothing is computed,
/// nothing is unique.
QByteArray plainColumn(const TableColumn &column)
{
    auto clause = quoteName(column.name).toUtf8() + ' ' + column.type;
    if (!column.characterSet.isEmpty())
        clause += " CHARACTER SET " + column.characterSet;
    return clause + " NULL";
}

bool hasCharacters(const TableColumn &column)
{
    static const QSet<QByteArray> types{
        "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set"};
    return types.contains(column.baseType());
}

qint64 autoIncrementOf(const QByteArray &definition)
{
    const auto options = definition.lastIndexOf("\n) ");
    static const QRegularExpression counter(u" AUTO_INCREMENT=(\\d+)"_s);
    return counter.match(QString::fromUtf8(definition.mid(std::max<qsizetype>(options, 0))))
        .captured(1)
        .toLongLong();
}

/// The work of one import.
class ScriptImport
{
public:
    ScriptImport(const DatabaseSettings &settings,
                 const QString &script,
                 const DumpOptions &options,
                 Monitor &monitor)
        : m_settings(settings)
        , m_options(options)
        , m_monitor(monitor)
        , m_script(script)
        , m_files(options.folder, options.compression)
    {}

    Result<ImportedScript> run();

private:
    Result<> prepare();
    Result<> readStatements();
    Result<> take(const ScriptStatement &statement);
    void set(const ScriptedStatement &setting);
    Result<> beginTable(const ScriptedStatement &created, qint64 line);
    Result<> takeRows(const ScriptStatement &statement, const ScriptedStatement &rows);
    Result<> writeRow(QByteArrayView tuple);
    Result<> endTable();
    Result<> speakAs(bool script);
    void takeObject(const ScriptedStatement &created);
    QList<SchemaObject> objects() const;
    bool belongs(const QString &name) const;
    Error unknown(qint64 line, const QString &problem) const
    {
        return notADump(m_script, line, problem);
    }

    const DatabaseSettings &m_settings;
    const DumpOptions &m_options;
    Monitor &m_monitor;
    const QString &m_script;
    DumpFiles m_files;
    std::optional<Connection> m_connection;
    qint64 m_largestStatement = 0;
    bool m_ignoresCase = false; ///< the server, in names of tables
    ImportedScript m_imported;
    QByteArray m_timeZone; ///< of the script; empty: the server's
    bool m_isInHead = true;

    QString m_name;          ///< of the table whose rows come now
    bool m_isWanted = false; ///< it has the prefix
    SchemaTable m_temporary; ///< holds its rows in between
    QByteArray m_insert;     ///< how its rows begin in the dump
    qint64 m_autoIncrement = 0;
    QByteArray m_definitionSum;
    RowChecksum m_checksum;
    std::optional<PartWriter> m_part;
    int m_parts = 0; ///< of this table
    qint64 m_bytesInPart = 0;

    QHash<QString, QByteArray> m_settingsNow; ///< of the session, as the script sets them
    QHash<QString, QByteArray> m_standIns;    ///< by the view's name
    QHash<QString, QByteArray> m_sequenceValues;
    QList<SchemaObject> m_objects;
};

bool ScriptImport::belongs(const QString &name) const
{
    return name.startsWith(m_options.tablePrefix,
                           m_ignoresCase ? Qt::CaseInsensitive : Qt::CaseSensitive);
}

Result<> ScriptImport::prepare()
{
    const auto facts = readScriptFacts(m_script, m_monitor);
    if (!facts)
        return facts.failure();
    m_imported.manifest.serverVersion = facts->server;
    m_imported.manifest.snapshot = facts->written;
    m_imported.manifest.database = m_settings.name;
    m_imported.manifest.tablePrefix = m_options.tablePrefix;
    m_imported.characterSet = "utf8mb4";
    auto connection = Connection::open(m_settings);
    if (!connection)
        return connection.failure();
    m_connection.emplace(std::move(connection).value());
    const auto server = ServerFacts::read(*m_connection);
    if (!server)
        return server.failure();
    // Room for the statement's beginning and for what the protocol adds.
    constexpr qint64 Margin = 64LL * 1024;
    m_largestStatement = std::max<qint64>(server->maxAllowedPacket - Margin, Margin);
    const auto cases = m_connection->scalar(u"SELECT @@lower_case_table_names"_s);
    if (!cases)
        return cases.failure();
    m_ignoresCase = cases->toInt() != 0;
    return m_files.begin(m_monitor);
}

Result<> ScriptImport::readStatements()
{
    auto file = CompressedFile::open(m_script);
    if (!file)
        return file.failure();
    const auto total = QFileInfo(m_script).size();
    ScriptSplitter splitter([&file](char *to, qint64 size) { return file->read(to, size); });
    while (true) {
        if (m_monitor.isCancelRequested())
            return Cancelled{};
        const auto statement = splitter.next();
        if (!statement)
            return statement.failure();
        if (!*statement)
            return endTable();
        m_monitor.report({(*statement)->offset, total, text("Taking over %1").arg(m_name)});
        if (auto taken = take(**statement); !taken)
            return taken;
    }
}

Result<> ScriptImport::take(const ScriptStatement &statement)
{
    using Kind = ScriptedStatement::Kind;
    const auto read = readScripted(statement.text);
    switch (read.kind) {
    case Kind::Nothing:
        break;
    case Kind::Setting:
        set(read);
        break;
    case Kind::Table:
        return beginTable(read, statement.line);
    case Kind::Rows:
        return takeRows(statement, read);
    case Kind::StandIn:
        m_standIns.insert(read.name, read.text);
        break;
    case Kind::SequenceValue:
        m_sequenceValues.insert(read.name, read.text);
        break;
    case Kind::Object:
        takeObject(read);
        break;
    case Kind::Unknown:
        return unknown(statement.line, text("no dump has such a statement"));
    }
    return Success;
}

void ScriptImport::set(const ScriptedStatement &setting)
{
    m_settingsNow.insert(setting.name, setting.text);
    if (!m_isInHead)
        return;
    if (setting.name == "names"_L1)
        m_imported.characterSet = setting.text.toLower();
    else if (setting.name == "time_zone"_L1)
        m_timeZone = setting.text;
}

// Only for as long as values go in: names and values come out as everywhere else.
Result<> ScriptImport::speakAs(bool script)
{
    const auto &names = m_imported.characterSet;
    const QByteArray zone = m_timeZone.isEmpty() ? "DEFAULT" : '\'' + m_timeZone + '\'';
    if (names == "utf8mb4" && m_timeZone == "+00:00")
        return Success;
    if (auto named = m_connection->execute("SET NAMES " + (script ? names : "utf8mb4")); !named)
        return named;
    return m_connection->execute("SET time_zone = " + (script ? zone : "'+00:00'"));
}

Result<> ScriptImport::beginTable(const ScriptedStatement &created, qint64 line)
{
    m_isInHead = false;
    if (auto ended = endTable(); !ended)
        return ended;
    m_name = created.name;
    m_isWanted = belongs(m_name);
    if (!m_isWanted)
        return Success;
    const auto definition = parseTableDefinition(created.text);
    if (definition.columns.isEmpty() || m_imported.manifest.table(m_name))
        return unknown(line, text("the table %1 is not defined as expected").arg(m_name));
    m_temporary = {};
    m_temporary.name = TemporaryTable;
    QByteArrayList clauses;
    for (auto column : definition.columns) {
        if (!hasCharacters(column))
            column.characterSet.clear();
        clauses.append(plainColumn(column));
        if (column.isGenerated)
            continue;
        m_temporary.columns.append(schemaColumn(column.name,
                                                QString::fromUtf8(column.baseType()),
                                                QString::fromUtf8(column.type),
                                                column.characterSet));
    }
    m_insert = insertHead(m_name, m_temporary);
    m_autoIncrement = autoIncrementOf(created.text);
    m_definitionSum = definitionSum(created.text);
    m_checksum = {};
    const auto name = quoteName(TemporaryTable).toUtf8();
    // A row may be as long here as in the engine that it is from.
    const QByteArray engine =
        created.text.contains("\n) ENGINE=MyISAM") ? " ENGINE=MyISAM" : " ENGINE=InnoDB";
    const auto subject = text("the table %1").arg(m_name);
    auto made = m_connection->execute("DROP TEMPORARY TABLE IF EXISTS " + name, subject);
    if (made)
        made = m_connection->execute(
            "CREATE TEMPORARY TABLE " + name + " (" + clauses.join(", ") + ')' + engine, subject);
    if (!made)
        return made;
    return m_files.definition(m_imported.manifest.tables.size(), m_name, created.text);
}

Result<> ScriptImport::takeRows(const ScriptStatement &statement, const ScriptedStatement &rows)
{
    if (rows.name != m_name)
        return unknown(statement.line, text("rows of the table %1 come before it").arg(rows.name));
    if (!m_isWanted)
        return Success;
    const auto subject =
        text("the table %1, line %2 of the dump").arg(m_name, QString::number(statement.line));
    const auto name = quoteName(TemporaryTable).toUtf8();
    auto done = speakAs(true);
    if (done)
        done = m_connection->execute("INSERT INTO " + name + statement.text.mid(rows.behindName),
                                     subject);
    if (auto back = speakAs(false); done && !back)
        done = back;
    if (done) {
        done = streamRows(
            *m_connection,
            m_temporary,
            {},
            [this](QByteArrayView tuple) { return writeRow(tuple); },
            m_monitor);
    }
    if (done)
        done = m_connection->execute("TRUNCATE TABLE " + name, subject);
    return done;
}

Result<> ScriptImport::writeRow(QByteArrayView tuple)
{
    if (tuple.size() + m_insert.size() > m_largestStatement) {
        return Error{DatabaseError::PacketTooLarge,
                     text("A row of the table %1 takes %2 as a statement, more than the server's "
                          "max_allowed_packet.")
                         .arg(m_name, QLocale().formattedDataSize(tuple.size())),
                     {},
                     {}};
    }
    if (m_part && m_bytesInPart > m_options.bytesPerChunk) {
        if (auto finished = m_files.finish(*m_part); !finished)
            return finished;
        m_part.reset();
    }
    if (!m_part) {
        auto part =
            m_files.open(m_files.rowsPart(m_imported.manifest.tables.size(), m_name, m_parts++));
        if (!part)
            return part.failure();
        m_part.emplace(std::move(part).value());
        m_bytesInPart = 0;
    }
    m_bytesInPart += tuple.size();
    m_checksum.add(tuple);
    return m_part->row(tuple, m_insert, m_largestStatement);
}

Result<> ScriptImport::endTable()
{
    if (!std::exchange(m_isWanted, false))
        return Success;
    if (m_part) {
        if (auto finished = m_files.finish(*m_part); !finished)
            return finished;
        m_part.reset();
    }
    m_parts = 0;
    m_imported.manifest.tables.append(
        {m_name, m_checksum.rows(), m_checksum.toBytes(), m_definitionSum, m_autoIncrement});
    return Success;
}

void ScriptImport::takeObject(const ScriptedStatement &created)
{
    using Kind = SchemaObject::Kind;
    const bool isRoutine = created.object == Kind::Procedure || created.object == Kind::Function
                           || created.object == Kind::Event;
    // A trigger goes with its table, which has just been read.
    const bool isWanted = created.object == Kind::Trigger ? belongs(m_name) : belongs(created.name);
    if (!isWanted)
        return;
    m_imported.hasRoutines = m_imported.hasRoutines || isRoutine;
    SchemaObject object;
    object.kind = created.object;
    object.name = created.name;
    object.definition = created.text;
    if (created.object != Kind::Sequence) {
        object.characterSet = m_settingsNow.value(u"character_set_client"_s);
        object.collation = m_settingsNow.value(u"collation_connection"_s);
    }
    if (isRoutine || created.object == Kind::Trigger)
        object.sqlMode = m_settingsNow.value(u"sql_mode"_s);
    if (created.object == Kind::Event)
        object.timeZone = m_settingsNow.value(u"time_zone"_s);
    m_objects.append(object);
}

/// In the order in which they can be made.
QList<SchemaObject> ScriptImport::objects() const
{
    using Kind = SchemaObject::Kind;
    QHash<Kind, QList<SchemaObject>> kinds;
    for (auto object : m_objects) {
        if (object.kind == Kind::Sequence)
            object.supplement = m_sequenceValues.value(object.name);
        kinds[object.kind].append(object);
    }
    auto views = sortViews(kinds.value(Kind::View));
    for (auto &view : views.circular)
        view.supplement = m_standIns.value(view.name);
    return kinds.value(Kind::Sequence) + kinds.value(Kind::Function) + kinds.value(Kind::Procedure)
           + views.sorted + views.circular + kinds.value(Kind::Trigger) + kinds.value(Kind::Event);
}

Result<ImportedScript> ScriptImport::run()
{
    for (const auto step : {&ScriptImport::prepare, &ScriptImport::readStatements}) {
        if (const auto done = (this->*step)(); !done)
            return done.failure();
    }
    if (m_imported.manifest.tables.isEmpty()) {
        return unknown(
            1,
            m_options.tablePrefix.isEmpty()
                ? text("it has no tables")
                : text("it has no tables with the prefix %1").arg(m_options.tablePrefix));
    }
    if (const auto written = m_files.objects(objects(), m_monitor); !written)
        return written.failure();
    auto manifest = m_files.finish(m_imported.manifest);
    if (!manifest)
        return manifest.failure();
    m_imported.manifest = std::move(manifest).value();
    return std::move(m_imported);
}

} // namespace

Result<ImportedScript> importScript(const DatabaseSettings &settings,
                                    const QString &script,
                                    const DumpOptions &options,
                                    Monitor &monitor)
{
    auto imported = ScriptImport(settings, script, options, monitor).run();
    if (imported)
        return imported;
    return because(
        {DatabaseError::DumpFailed, text("The dump %1 cannot be taken over.").arg(script), {}, {}},
        imported.failure());
}

} // namespace Banister
