// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "database/dumpmanifest.h"
#include "database/partwriter.h"
#include "database/schema.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <mutex>

namespace Banister {

/// The files of a dump while they are written, whatever their content is taken from.
class DumpFiles
{
public:
    DumpFiles(QString folder, Compression compression);

    /// Makes the folder; what an unfinished dump left there is removed.
    Result<> begin(Monitor &monitor) const;
    /// One file; from any thread.
    Result<> write(const DumpPart &part, const std::function<Result<>(PartWriter &)> &content);
    /// For a file that is filled bit by bit; finish() takes it into the dump.
    Result<PartWriter> open(const DumpPart &part) const;
    Result<> finish(PartWriter &writer);

    /// \param index of the table, for the order of the files
    Result<> definition(qsizetype index, const QString &table, const QByteArray &definition);
    /// \param number of the file among the table's
    DumpPart rowsPart(qsizetype index, const QString &table, int number) const;
    /// In the order in which they can be made.
    Result<> objects(const QList<SchemaObject> &objects, Monitor &monitor);

    /// Makes the dump a finished one, durably. \param manifest all but folder, compression, files and
    /// objects
    Result<DumpManifest> finish(DumpManifest manifest);

private:
    QString fileName(const char *order, qsizetype number, const QString &name) const;
    Result<> objectsFile(DumpPart::Kind kind, const QList<SchemaObject> &objects);

    QString m_folder;
    Compression m_compression;
    QHash<QString, QByteArray> m_objects;
    std::mutex m_mutex; ///< guards m_parts
    QList<DumpPart> m_parts;
};

/// How the rows of a table begin: "INSERT INTO `t` (`a`,`b`) VALUES\n".
QByteArray insertHead(const QString &table, const SchemaTable &columns);

/// How a manifest speaks of a definition.
QByteArray definitionSum(const QByteArray &definition);

} // namespace Banister
