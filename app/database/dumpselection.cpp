// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/dumpselection.h"

#include "database/connection.h"
#include "database/databaseerror.h"
#include "database/dumppart.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

// The server prints a trigger much as somebody has typed it.
const QString Name = uR"((?:`(?:[^`]|``)+`|[\w$]+))"_s;
const QString Head =
    uR"(^CREATE\s+(?:OR\s+REPLACE\s+)?(?:DEFINER\s*=\s*%1(?:@(?:%1|'[^']*'))?\s+)?TRIGGER\s+)"_s
        .arg(Name);
constexpr auto Options =
    QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption;

QString unquoted(QString name)
{
    if (name.startsWith(u'`'))
        name = name.sliced(1, name.size() - 2).replace(u"``"_s, u"`"_s);
    return name;
}

/// Name and table of a CREATE TRIGGER.
QRegularExpressionMatch matchTrigger(const QByteArray &definition)
{
    static const QRegularExpression pattern(
        Head
            + uR"((?:IF\s+NOT\s+EXISTS\s+)?(?:%1\s*\.\s*)?(%1)\s+(?:BEFORE|AFTER)\s[\w\s,]+?\sON)"
              R"(\s*(?:%1\s*\.\s*)?(%1))"_s.arg(Name),
        Options);
    constexpr qsizetype longestHead = 2000;
    return pattern.match(QString::fromUtf8(definition.left(longestHead)));
}

bool isTrigger(const QByteArray &statement)
{
    static const QRegularExpression pattern(Head, Options);
    constexpr qsizetype longestHead = 1000;
    return pattern.match(QString::fromUtf8(statement.left(longestHead))).hasMatch();
}

} // namespace

QString triggerTable(const QByteArray &definition)
{
    return unquoted(matchTrigger(definition).captured(2));
}

Result<DumpSelection> DumpSelection::read(const DumpManifest &manifest, const QStringList &tables)
{
    DumpSelection selection;
    selection.m_tables = tables;
    selection.m_manifest = manifest;
    if (tables.isEmpty())
        return selection;
    for (const auto &table : tables) {
        if (!manifest.table(table))
            return Error{
                DatabaseError::NotInDump,
                QCoreApplication::translate("DumpSelection", "The dump does not have the table %1.")
                    .arg(table),
                {},
                {}};
    }
    auto &chosen = selection.m_manifest;
    chosen.tables.removeIf([&](const auto &table) { return !tables.contains(table.name); });
    chosen.parts.removeIf(
        [&](const auto &part) { return !part.table.isEmpty() && !tables.contains(part.table); });
    const auto definitions = readDumpDefinitions(chosen);
    if (!definitions)
        return definitions.failure();
    constexpr auto sequence = "sequence "_L1;
    for (auto it = manifest.objects.begin(); it != manifest.objects.end(); ++it) {
        chosen.objects.remove(it.key());
        if (!it.key().startsWith(sequence))
            continue;
        const auto name = quoteName(it.key().sliced(sequence.size())).toUtf8();
        const bool isNeeded =
            std::any_of(definitions->begin(), definitions->end(), [&](const auto &definition) {
                return definition.contains("nextval(") && definition.contains(name + ')');
            });
        if (isNeeded) {
            selection.m_sequences.insert(name);
            chosen.objects.insert(it.key(), it.value());
        }
    }
    if (const auto read = selection.readTriggers(manifest); !read)
        return read.failure();
    return selection;
}

Result<> DumpSelection::readTriggers(const DumpManifest &manifest)
{
    for (const auto &part : manifest.parts) {
        if (part.kind != DumpPart::Kind::Objects)
            continue;
        auto read =
            readDumpPart(manifest.folder, part, [&](const QByteArray &statement) -> Result<> {
                if (!isTrigger(statement))
                    return Success;
                const auto match = matchTrigger(statement);
                const auto title = u"trigger "_s + unquoted(match.captured(1));
                if (!match.hasMatch())
                    m_unclear.append(QString::fromUtf8(statement.left(100)).simplified());
                else if (m_tables.contains(unquoted(match.captured(2))))
                    m_manifest.objects.insert(title, manifest.objects.value(title));
                return Success;
            });
        if (!read)
            return read;
    }
    return Success;
}

void DumpSelection::keepSequences(const QList<PresentObject> &present)
{
    if (isAll())
        return;
    for (const auto &object : present) {
        if (object.kind != PresentObject::Kind::Sequence)
            continue;
        m_sequences.remove(quoteName(object.name).toUtf8());
        m_manifest.objects.remove(object.title());
    }
}

bool DumpSelection::takes(const QByteArray &statement) const
{
    if (isAll() || statement.startsWith("SET "))
        return true;
    if (isTrigger(statement))
        return m_tables.contains(triggerTable(statement));
    return std::any_of(m_sequences.begin(), m_sequences.end(), [&](const QByteArray &name) {
        return statement.startsWith("DROP SEQUENCE IF EXISTS " + name)
               || statement.startsWith("CREATE SEQUENCE " + name + ' ')
               || statement.startsWith("DO SETVAL(" + name + ',');
    });
}

} // namespace Banister
