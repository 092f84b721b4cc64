// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "database/connection.h"
#include "database/deferredkeys.h"
#include "database/dumpselection.h"
#include "database/loadqueue.h"
#include "database/restore.h"
#include "database/restoreprogress.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QHash>
#include <QList>
#include <QSet>
#include <QString>

#include <mutex>

namespace Banister {

class StatementReader;
class Staging;

/// The loading of one dump, after the checks, with several connections.
class DumpLoader
{
public:
    /// \param mayAlter else tables are made whole at once, which is slower
    /// \param staging where the tables are made; null: under their own names
    DumpLoader(const DatabaseSettings &settings,
               const DumpSelection &selection,
               const RestoreOptions &options,
               bool mayAlter,
               const Staging *staging,
               RestoreProgress &monitor);

    /// Sequences, tables, their rows, which are counted, and their keys.
    Result<> loadTables(Connection &connection);
    /// What refers to tables by their names: foreign keys, and then triggers, views and the like.
    Result<> finish(Connection &connection);
    RestoreReport report() const { return m_report; }

private:
    void work();
    Result<> insert(Connection &connection, const QByteArray &statement, const QString &table);
    Result<> carryOut(Connection &connection, const LoadJob &job);
    Result<> loadAll();
    Result<> addKeys();
    Result<> addForeignKeys(Connection &connection);
    Result<> readPart(const DumpPart &part);
    Result<> queueSchema(const DumpPart &part, QByteArrayList statements);
    Result<> loadObjects(Connection &connection, DumpPart::Kind kind);
    Result<> loadObjectsPart(Connection &connection, const DumpPart &part);
    Result<> finishPart(const DumpPart &part, const StatementReader &reader);
    Result<> compareRows() const;
    void reportProgress(const DumpPart &part, qint64 position);
    Error failed(const LoadJob &job, qint64 number, const QByteArray &statement) const;
    qint64 rowsOf(const QString &table) const;
    QByteArray placed(const QByteArray &statement, const QString &table) const;

    const DatabaseSettings &m_settings;
    const DumpSelection &m_selection;
    const DumpManifest &m_manifest; ///< the selection's
    const RestoreOptions &m_options;
    const bool m_mayAlter;
    const Staging *const m_staging;
    RestoreProgress &m_monitor;
    LoadQueue m_queue;
    RestoreReport m_report;
    QSet<QString> m_orderedTables;
    struct Unfinished
    {
        QString table;
        QString file; ///< that defines it
        DeferredKeys keys;
    };
    QList<Unfinished> m_unfinished; ///< tables that get keys after their rows
    qint64 m_bytesBefore = 0;       ///< of the parts that have been read
    std::mutex m_mutex;             ///< guards m_rows
    QHash<QString, qint64> m_rows;
};

} // namespace Banister
