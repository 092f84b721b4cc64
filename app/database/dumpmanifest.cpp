// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/dumpmanifest.h"

#include "database/databaseerror.h"
#include "files/durable.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr int FormatVersion = 1;

template<typename Enum, std::size_t Count>
QString nameIn(const std::array<std::pair<Enum, QLatin1StringView>, Count> &names, Enum value)
{
    for (const auto &[known, name] : names) {
        if (known == value)
            return name;
    }
    return {};
}

template<typename Enum, std::size_t Count>
std::optional<Enum> valueIn(const std::array<std::pair<Enum, QLatin1StringView>, Count> &names,
                            const QString &name)
{
    for (const auto &[value, known] : names) {
        if (known == name)
            return value;
    }
    return std::nullopt;
}

constexpr std::array<std::pair<Compression, QLatin1StringView>, 3> Compressions{{
    {Compression::Zstd, "zstd"_L1},
    {Compression::Gzip, "gzip"_L1},
    {Compression::None, "none"_L1},
}};

constexpr std::array<std::pair<DumpPart::Kind, QLatin1StringView>, 5> Kinds{{
    {DumpPart::Kind::Head, "head"_L1},
    {DumpPart::Kind::Sequences, "sequences"_L1},
    {DumpPart::Kind::Schema, "schema"_L1},
    {DumpPart::Kind::Rows, "rows"_L1},
    {DumpPart::Kind::Objects, "objects"_L1},
}};

QString hex(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toHex());
}

QByteArray raw(const QJsonValue &value)
{
    return QByteArray::fromHex(value.toString().toLatin1());
}

QJsonObject toJson(const DumpPart &part)
{
    return {{u"file"_s, part.file},
            {u"kind"_s, nameIn(Kinds, part.kind)},
            {u"table"_s, part.table},
            {u"bytes"_s, part.bytes},
            {u"plainBytes"_s, part.plainBytes},
            {u"longestStatement"_s, part.longestStatement},
            {u"statements"_s, part.statements},
            {u"sha256"_s, hex(part.sha256)}};
}

QJsonObject toJson(const DumpTable &table)
{
    return {{u"name"_s, table.name},
            {u"rows"_s, table.rows},
            {u"checksum"_s, hex(table.checksum)},
            {u"definition"_s, hex(table.definition)},
            {u"autoIncrement"_s, table.autoIncrement}};
}

Error unreadable(const QString &file, const QString &problem)
{
    return {DatabaseError::ManifestUnreadable,
            QCoreApplication::translate("DumpManifest",
                                        "The list of the dump's files %1 cannot be used: %2.")
                .arg(file, problem),
            {},
            {}};
}

QString manifestFile(const QString &folder)
{
    return folder + u"/manifest.json"_s;
}

Result<> readParts(const QString &file, const QJsonArray &array, DumpManifest &manifest)
{
    for (const auto &value : array) {
        const auto json = value.toObject();
        DumpPart part;
        part.file = json.value("file"_L1).toString();
        const auto kind = valueIn(Kinds, json.value("kind"_L1).toString());
        part.table = json.value("table"_L1).toString();
        part.bytes = json.value("bytes"_L1).toInteger();
        part.plainBytes = json.value("plainBytes"_L1).toInteger();
        part.longestStatement = json.value("longestStatement"_L1).toInteger();
        part.statements = json.value("statements"_L1).toInteger();
        part.sha256 = raw(json.value("sha256"_L1));
        constexpr qsizetype HashSize = 32;
        // A name with a slash would lead out of the dump's folder.
        if (part.file.isEmpty() || part.file.contains(u'/') || !kind
            || part.sha256.size() != HashSize)
            return unreadable(file, u"part "_s + part.file);
        part.kind = *kind;
        manifest.parts.append(part);
    }
    return Success;
}

} // namespace

QString suffixOf(Compression compression)
{
    switch (compression) {
    case Compression::Zstd:
        return u".sql.zst"_s;
    case Compression::Gzip:
        return u".sql.gz"_s;
    case Compression::None:
        return u".sql"_s;
    }
    return {};
}

const DumpTable *DumpManifest::table(const QString &name) const
{
    const auto found = std::find_if(
        tables.begin(), tables.end(), [&name](const auto &table) { return table.name == name; });
    return found == tables.end() ? nullptr : &*found;
}

Result<DumpManifest> readDumpManifest(const QString &folder)
{
    const auto file = manifestFile(folder);
    constexpr qint64 Limit = 256LL * 1024 * 1024;
    const auto bytes = readWhole(file, Limit);
    if (!bytes)
        return because(
            unreadable(file, QCoreApplication::translate("DumpManifest", "it cannot be read")),
            bytes.failure());
    QJsonParseError problem;
    const auto json = QJsonDocument::fromJson(*bytes, &problem).object();
    if (problem.error != QJsonParseError::NoError)
        return unreadable(file, problem.errorString());
    const auto format = json.value("format"_L1).toInt();
    if (format > FormatVersion) {
        return unreadable(file,
                          QCoreApplication::translate(
                              "DumpManifest", "a newer version of Banister has written it"));
    }
    if (format != FormatVersion)
        return unreadable(file,
                          QCoreApplication::translate("DumpManifest", "its format is not known"));
    DumpManifest manifest;
    manifest.folder = folder;
    manifest.serverVersion = json.value("server"_L1).toString();
    manifest.database = json.value("database"_L1).toString();
    manifest.tablePrefix = json.value("tablePrefix"_L1).toString();
    const auto compression = valueIn(Compressions, json.value("compression"_L1).toString());
    if (!compression)
        return unreadable(file, u"compression"_s);
    manifest.compression = *compression;
    manifest.snapshot =
        QDateTime::fromString(json.value("snapshot"_L1).toString(), Qt::ISODateWithMs).toUTC();
    if (const auto read = readParts(file, json.value("parts"_L1).toArray(), manifest); !read)
        return read.failure();
    const auto tables = json.value("tables"_L1).toArray();
    for (const auto &value : tables) {
        const auto table = value.toObject();
        manifest.tables.append({table.value("name"_L1).toString(),
                                table.value("rows"_L1).toInteger(),
                                raw(table.value("checksum"_L1)),
                                raw(table.value("definition"_L1)),
                                table.value("autoIncrement"_L1).toInteger()});
    }
    const auto objects = json.value("objects"_L1).toObject();
    for (auto it = objects.begin(); it != objects.end(); ++it)
        manifest.objects.insert(it.key(), raw(it.value()));
    return manifest;
}

Result<> writeDumpManifest(const DumpManifest &manifest)
{
    QJsonArray parts;
    for (const auto &part : manifest.parts)
        parts.append(toJson(part));
    QJsonArray tables;
    for (const auto &table : manifest.tables)
        tables.append(toJson(table));
    QJsonObject objects;
    for (auto it = manifest.objects.begin(); it != manifest.objects.end(); ++it)
        objects.insert(it.key(), hex(it.value()));
    const QJsonObject json{{u"format"_s, FormatVersion},
                           {u"server"_s, manifest.serverVersion},
                           {u"database"_s, manifest.database},
                           {u"tablePrefix"_s, manifest.tablePrefix},
                           {u"compression"_s, nameIn(Compressions, manifest.compression)},
                           {u"snapshot"_s, manifest.snapshot.toString(Qt::ISODateWithMs)},
                           {u"parts"_s, parts},
                           {u"tables"_s, tables},
                           {u"objects"_s, objects}};
    return writeDurably(manifestFile(manifest.folder), QJsonDocument(json).toJson());
}

} // namespace Banister
