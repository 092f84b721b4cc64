// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/treemanifest.h"

#include "files/durable.h"
#include "files/fileerror.h"
#include "files/hash.h"
#include "files/pathcode.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <optional>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr QByteArrayView FirstLine = R"({"format":"banister-tree","version":1})";
constexpr qint64 LargestManifest = qint64(2) << 30U;

QByteArray jsonText(const QByteArray &path)
{
    auto text = encodedPath(path, PathCode::Lossless);
    text.replace('\\', "\\\\").replace('"', "\\\"");
    return '"' + text + '"';
}

QByteArray typeName(EntryType type)
{
    switch (type) {
    case EntryType::File:
        return "file";
    case EntryType::Folder:
        return "folder";
    case EntryType::Link:
        return "link";
    case EntryType::Other:
        break;
    }
    return "other";
}

std::optional<EntryType> typeOf(const QString &name)
{
    for (const auto type :
         {EntryType::File, EntryType::Folder, EntryType::Link, EntryType::Other}) {
        if (name == QLatin1StringView(typeName(type)))
            return type;
    }
    return std::nullopt;
}

QByteArray lineOf(const TreeEntry &entry)
{
    QByteArray line = "{\"path\":" + jsonText(entry.path) + ",\"type\":\"" + typeName(entry.type)
                      + "\",\"mode\":\"0" + QByteArray::number(entry.mode, 8) + "\",\"uid\":"
                      + QByteArray::number(entry.uid) + ",\"gid\":" + QByteArray::number(entry.gid)
                      + ",\"modifiedNs\":" + QByteArray::number(entry.modifiedNs);
    if (entry.type == EntryType::File)
        line += ",\"size\":" + QByteArray::number(entry.size);
    if (entry.type == EntryType::Link)
        line += ",\"target\":" + jsonText(entry.linkTarget);
    if (!entry.sha256.isEmpty())
        line += ",\"sha256\":\"" + entry.sha256.toHex() + '"';
    return line + "}\n";
}

std::optional<TreeEntry> entryFrom(const QByteArray &line)
{
    const auto json = QJsonDocument::fromJson(line).object();
    const auto path = decodedPath(json.value("path"_L1).toString().toUtf8());
    const auto target = decodedPath(json.value("target"_L1).toString().toUtf8());
    const auto type = typeOf(json.value("type"_L1).toString());
    bool isMode = false;
    TreeEntry entry;
    entry.mode = json.value("mode"_L1).toString().toUInt(&isMode, 8);
    const auto modified = json.value("modifiedNs"_L1);
    if (!json.contains("path"_L1) || !path || !target || !type || !isMode || !modified.isDouble())
        return std::nullopt;
    entry.path = *path;
    entry.type = *type;
    entry.linkTarget = *target;
    entry.size = json.value("size"_L1).toInteger();
    entry.uid = quint32(json.value("uid"_L1).toInteger());
    entry.gid = quint32(json.value("gid"_L1).toInteger());
    entry.modifiedNs = modified.toInteger();
    entry.sha256 = QByteArray::fromHex(json.value("sha256"_L1).toString().toLatin1());
    if (!entry.sha256.isEmpty() && entry.sha256.size() != 32)
        return std::nullopt;
    return entry;
}

QByteArray lastLine(const Tree &tree, const QByteArray &before)
{
    Sha256 hash;
    hash.add(before);
    return "{\"entries\":" + QByteArray::number(tree.size()) + ",\"bytes\":"
           + QByteArray::number(bytesIn(tree)) + ",\"sha256\":\"" + hash.result().toHex() + "\"}\n";
}

class Manifest
{
    Q_DECLARE_TR_FUNCTIONS(TreeManifest)

public:
    static Result<Tree> read(const QString &path);

private:
    static Error bad(const QString &path, qsizetype line, const QString &problem)
    {
        return fileError(FileError::BadManifest,
                         tr("The list of files %1 is damaged in line %2: %3.")
                             .arg(shownPath(QFile::encodeName(path)))
                             .arg(line)
                             .arg(problem));
    }
};

Result<Tree> Manifest::read(const QString &path)
{
    const auto content = readWhole(path, LargestManifest);
    if (!content)
        return content.failure();
    Tree tree;
    qsizetype number = 0;
    for (qsizetype at = 0; at < content->size();) {
        ++number;
        const auto end = content->indexOf('\n', at);
        if (end < 0)
            return bad(path, number, tr("the line is incomplete"));
        const auto line = content->mid(at, end - at);
        if (number == 1 && line != FirstLine)
            return bad(path, number, tr("it is no list of files that this version knows"));
        if (line.startsWith("{\"entries\":")) {
            if (end + 1 != content->size())
                return bad(path, number + 1, tr("something stands behind the end"));
            if (line + '\n' != lastLine(tree, content->left(at)))
                return bad(path, number, tr("the checksum does not fit, something was changed"));
            return tree;
        }
        if (number > 1) {
            auto entry = entryFrom(line);
            if (!entry)
                return bad(path, number, tr("it is no entry"));
            tree.append(*std::move(entry));
        }
        at = end + 1;
    }
    return bad(path, number + 1, tr("the end is missing"));
}

} // namespace

Result<> writeTreeManifest(const QString &path, const Tree &tree)
{
    auto content = FirstLine.toByteArray() + '\n';
    for (const auto &entry : tree)
        content += lineOf(entry);
    content += lastLine(tree, content);
    return writeDurably(path, content);
}

Result<Tree> readTreeManifest(const QString &path)
{
    return Manifest::read(path);
}

} // namespace Banister
