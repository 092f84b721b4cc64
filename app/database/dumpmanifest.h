// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>

namespace Banister {

enum class Compression { Zstd, Gzip, None };

/// What follows the names of files: ".sql.zst", ".sql.gz", ".sql".
QString suffixOf(Compression compression);

/// One file of the dump. The files' names sort (as bytes) in the order in which they are to be loaded.
struct DumpPart
{
    enum class Kind {
        Head,      ///< nothing but the settings of the session
        Sequences, ///< what tables may take their numbers from
        Schema,    ///< one table's DROP and CREATE
        Rows,      ///< INSERTs of one table
        Objects,   ///< triggers, views, routines, events
    };
    QString file;
    Kind kind = Kind::Head;
    QString table;         ///< of Schema and Rows
    qint64 bytes = 0;      ///< compressed
    qint64 plainBytes = 0; ///< uncompressed
    qint64 statements = 0;
    qint64 longestStatement = 0; ///< bytes; what a server must take (max_allowed_packet)
    QByteArray sha256;           ///< of the file as it is on disk; raw
};

struct DumpTable
{
    QString name;
    qint64 rows = 0;
    QByteArray checksum;      ///< sum of the rows' XXH3-128 modulo 2^128; 16 bytes, raw
    QByteArray definition;    ///< SHA-256 of SHOW CREATE TABLE without AUTO_INCREMENT; raw
    qint64 autoIncrement = 0; ///< 0: none
};

/// What a dump holds. In manifest.json beside its files, which is written last: without it the dump
/// is unfinished.
struct DumpManifest
{
    QString folder; ///< not stored
    QString serverVersion;
    QString database;
    QString tablePrefix;
    Compression compression = Compression::Zstd;
    QDateTime snapshot; ///< UTC
    QList<DumpPart> parts;
    QList<DumpTable> tables;
    /// SHA-256 of the definitions of views, triggers, routines, events by "view name" and so on; raw.
    QHash<QString, QByteArray> objects;

    const DumpTable *table(const QString &name) const;
};

Result<DumpManifest> readDumpManifest(const QString &folder);
Result<> writeDumpManifest(const DumpManifest &manifest);

} // namespace Banister
