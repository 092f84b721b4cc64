// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/dumpfiles.h"

#include "base/sha256.h"
#include "database/objectscript.h"
#include "database/rowstream.h"
#include "files/durable.h"
#include "files/privatefolder.h"
#include "files/remove.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

DumpFiles::DumpFiles(QString folder, Compression compression)
    : m_folder(std::move(folder))
    , m_compression(compression)
{}

Result<> DumpFiles::begin(Monitor &monitor) const
{
    if (auto removed = removeTree(m_folder, monitor); !removed)
        return removed;
    return makePrivateFolder(m_folder);
}

QString DumpFiles::fileName(const char *order, qsizetype number, const QString &name) const
{
    constexpr int Width = 5;
    return QString::fromLatin1(order) + u'-' + QString::number(number).rightJustified(Width, u'0')
           + u'-' + name + suffixOf(m_compression);
}

Result<PartWriter> DumpFiles::open(const DumpPart &part) const
{
    return PartWriter::create(m_folder, part, m_compression);
}

Result<> DumpFiles::finish(PartWriter &writer)
{
    auto finished = writer.finish();
    if (!finished)
        return finished.failure();
    const std::scoped_lock guard(m_mutex);
    m_parts.append(std::move(finished).value());
    return Success;
}

Result<> DumpFiles::write(const DumpPart &part,
                          const std::function<Result<>(PartWriter &)> &content)
{
    auto writer = open(part);
    if (!writer)
        return writer.failure();
    if (auto written = content(*writer); !written)
        return written;
    return finish(*writer);
}

Result<> DumpFiles::definition(qsizetype index, const QString &table, const QByteArray &definition)
{
    DumpPart part;
    part.file = fileName("10", index, plainName(table) + u"-schema"_s);
    part.kind = DumpPart::Kind::Schema;
    part.table = table;
    return write(part, [&](PartWriter &writer) -> Result<> {
        const auto drop = "DROP TABLE IF EXISTS " + quoteName(table).toUtf8();
        if (auto dropped = writer.statement(drop); !dropped)
            return dropped;
        return writer.statement(definition);
    });
}

DumpPart DumpFiles::rowsPart(qsizetype index, const QString &table, int number) const
{
    DumpPart part;
    constexpr int Width = 4;
    part.file = fileName(
        "20", index, plainName(table) + u'.' + QString::number(number).rightJustified(Width, u'0'));
    part.kind = DumpPart::Kind::Rows;
    part.table = table;
    return part;
}

Result<> DumpFiles::objects(const QList<SchemaObject> &objects, Monitor &monitor)
{
    // Tables may take numbers from sequences; everything else stands on tables.
    QList<SchemaObject> sequences;
    QList<SchemaObject> others;
    for (const auto &object : objects) {
        if (object.isUsable) {
            m_objects.insert(object.title(), object.fingerprint());
        } else {
            monitor.log(u"The %1 names something that is gone: it is in the dump as a comment "
                        "only."_s.arg(object.title()));
        }
        (object.kind == SchemaObject::Kind::Sequence ? sequences : others).append(object);
    }
    if (auto written = objectsFile(DumpPart::Kind::Sequences, sequences); !written)
        return written;
    return objectsFile(DumpPart::Kind::Objects, others);
}

Result<> DumpFiles::objectsFile(DumpPart::Kind kind, const QList<SchemaObject> &objects)
{
    if (objects.isEmpty())
        return Success;
    DumpPart part;
    const bool isFirst = kind == DumpPart::Kind::Sequences;
    part.file = isFirst ? fileName("05", 0, u"sequences"_s) : fileName("80", 0, u"objects"_s);
    part.kind = kind;
    return write(part, [&objects](PartWriter &writer) -> Result<> {
        for (const auto &object : objects) {
            // A stand-in for a view must be there before the first view that reads it.
            if (object.kind != SchemaObject::Kind::View || object.supplement.isEmpty())
                continue;
            if (auto written = writer.statement(object.supplement); !written)
                return written;
        }
        for (const auto &object : objects) {
            const auto script = objectScript(object);
            if (!script)
                return script.failure();
            if (auto written = writer.raw(script->text, script->statements); !written)
                return written;
        }
        return Success;
    });
}

Result<DumpManifest> DumpFiles::finish(DumpManifest manifest)
{
    manifest.folder = m_folder;
    manifest.compression = m_compression;
    manifest.objects = std::move(m_objects);
    manifest.parts = std::move(m_parts);
    std::sort(manifest.parts.begin(),
              manifest.parts.end(),
              [](const auto &left, const auto &right) { return left.file < right.file; });
    if (const auto synced = syncFileSystem(m_folder); !synced)
        return synced.failure();
    if (const auto written = writeDumpManifest(manifest); !written)
        return written.failure();
    return manifest;
}

QByteArray insertHead(const QString &table, const SchemaTable &columns)
{
    return "INSERT INTO " + quoteName(table).toUtf8() + " (" + columnList(columns) + ") VALUES\n";
}

QByteArray definitionSum(const QByteArray &definition)
{
    Sha256 hash;
    hash.add(stableDefinition(definition));
    return hash.result();
}

} // namespace Banister
