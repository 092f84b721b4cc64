// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/losstext.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr qsizetype MostFiles = 20;
constexpr qsizetype MostRows = 5;
constexpr qsizetype MostValues = 4;

QString text(const char *sentence)
{
    return QCoreApplication::translate("BanisterCli", sentence);
}

QString number(qint64 value)
{
    return value < 0 ? u"?"_s : QLocale().toString(value);
}

QString valueText(const LiteralValue &value)
{
    return value.isNull ? u"NULL"_s : value.text;
}

QString rowText(const QList<RowValue> &values)
{
    QStringList parts;
    for (const auto &value : values.first(std::min(MostValues, values.size())))
        parts.append(value.column + u'=' + valueText(value.value));
    if (values.size() > MostValues)
        parts.append(u"…"_s);
    return parts.join(u", "_s);
}

QString changeText(const ChangedRow &row)
{
    QStringList parts;
    for (const auto &value : row.values.first(std::min(MostValues, row.values.size())))
        parts.append(value.column + u": "_s + valueText(value.then) + u" → "_s
                     + valueText(value.now));
    return rowText(row.key) + u"; "_s + parts.join(u", "_s);
}

void sayRows(const Output &output, const QString &mark, const QList<RowSample> &samples)
{
    for (const auto &sample : samples.first(std::min(MostRows, samples.size())))
        output.say(u"      "_s + mark + u' ' + rowText(sample.values));
}

QString summaryOf(const TableRowDiff &table)
{
    switch (table.kind) {
    case TableRowDiff::Kind::OnlyInDatabase:
        return text("came since, %1 rows").arg(number(table.rowsNow));
    case TableRowDiff::Kind::OnlyInDump:
        return text("is gone, had %1 rows").arg(number(table.rowsThen));
    case TableRowDiff::Kind::Equal:
        return text("same rows, other columns");
    case TableRowDiff::Kind::Different:
        break;
    }
    if (table.method == TableRowDiff::Method::Checksum)
        return text("differs; %1 rows then, %2 now")
            .arg(number(table.rowsThen), number(table.rowsNow));
    return text("%1 rows added, %2 changed, %3 removed")
        .arg(number(table.added), number(table.changed), number(table.removed));
}

QString nameOf(FileChange::Kind kind)
{
    switch (kind) {
    case FileChange::Kind::Added:
        return u"added"_s;
    case FileChange::Kind::Changed:
        return u"changed"_s;
    case FileChange::Kind::Removed:
        break;
    }
    return u"removed"_s;
}

QJsonValue toJson(const LiteralValue &value)
{
    return value.isNull ? QJsonValue() : QJsonValue(value.text);
}

QJsonObject toJson(const QList<RowValue> &values)
{
    QJsonObject row;
    for (const auto &value : values)
        row.insert(value.column, toJson(value.value));
    return row;
}

QJsonArray toJson(const QList<RowSample> &samples)
{
    QJsonArray rows;
    for (const auto &sample : samples)
        rows.append(toJson(sample.values));
    return rows;
}

QJsonArray toJson(const QList<ChangedRow> &samples)
{
    QJsonArray rows;
    for (const auto &sample : samples) {
        QJsonObject values;
        for (const auto &value : sample.values) {
            values.insert(
                value.column,
                QJsonObject{{u"then"_s, toJson(value.then)}, {u"now"_s, toJson(value.now)}});
        }
        rows.append(QJsonObject{{u"key"_s, toJson(sample.key)}, {u"values"_s, values}});
    }
    return rows;
}

QJsonObject toJson(const TableRowDiff &table)
{
    return {{u"table"_s, table.table},
            {u"onlyInRestorePoint"_s, table.kind == TableRowDiff::Kind::OnlyInDump},
            {u"onlyNow"_s, table.kind == TableRowDiff::Kind::OnlyInDatabase},
            {u"rowsThen"_s, table.rowsThen},
            {u"rowsNow"_s, table.rowsNow},
            {u"added"_s, table.added},
            {u"changed"_s, table.changed},
            {u"removed"_s, table.removed},
            {u"addedColumns"_s, QJsonArray::fromStringList(table.addedColumns)},
            {u"removedColumns"_s, QJsonArray::fromStringList(table.removedColumns)},
            {u"changedColumns"_s, QJsonArray::fromStringList(table.changedColumns)},
            {u"addedRows"_s, toJson(table.addedSamples)},
            {u"changedRows"_s, toJson(table.changedSamples)},
            {u"removedRows"_s, toJson(table.removedSamples)}};
}

} // namespace

void say(const Output &output, const LossPreview &preview)
{
    output.say({});
    output.say(text("What differs from the restore point now, and would be put aside or lost:"));
    output.say(u"  "_s
               + text("Files: %1 added, %2 changed, %3 removed")
                     .arg(number(preview.count(FileChange::Kind::Added)),
                          number(preview.count(FileChange::Kind::Changed)),
                          number(preview.count(FileChange::Kind::Removed))));
    const auto since = preview.filesSince();
    output.say(
        u"  "_s
        + QCoreApplication::translate(
              "BanisterCli", "Of these, written since %1: %Ln file(s)", nullptr, int(since.size()))
              .arg(QLocale().toString(preview.since.toLocalTime(), QLocale::ShortFormat)));
    for (const auto &file : since.first(std::min(MostFiles, since.size())))
        output.say(u"    "_s + QFile::decodeName(file.path));
    if (since.size() > MostFiles)
        output.say(u"    …"_s);
    for (const auto &table : preview.tables) {
        output.say(u"  "_s + text("Table %1: %2").arg(table.table, summaryOf(table)));
        sayRows(output, u"+"_s, table.addedSamples);
        for (const auto &row :
             table.changedSamples.first(std::min(MostRows, table.changedSamples.size())))
            output.say(u"      ~ "_s + changeText(row));
        sayRows(output, u"-"_s, table.removedSamples);
    }
}

QJsonObject toJson(const LossPreview &preview)
{
    QJsonArray files;
    for (const auto &file : preview.files) {
        files.append(QJsonObject{{u"path"_s, QFile::decodeName(file.path)},
                                 {u"change"_s, nameOf(file.kind)},
                                 {u"size"_s, file.size},
                                 {u"modified"_s, file.modified.toString(Qt::ISODate)},
                                 {u"since"_s, file.isSince}});
    }
    QJsonArray tables;
    for (const auto &table : preview.tables)
        tables.append(toJson(table));
    return {{u"since"_s, preview.since.toString(Qt::ISODate)},
            {u"files"_s, files},
            {u"tables"_s, tables},
            {u"rowsAdded"_s, preview.rowsAdded()},
            {u"rowsChanged"_s, preview.rowsChanged()},
            {u"rowsRemoved"_s, preview.rowsRemoved()}};
}

void say(const Output &output, const RowExport &exported)
{
    output.say(text("Exported to %1: %2 added and %3 changed rows.")
                   .arg(exported.folder, number(exported.added), number(exported.changed)));
}

QJsonObject toJson(const RowExport &exported)
{
    return {{u"folder"_s, exported.folder},
            {u"files"_s, QJsonArray::fromStringList(exported.files)},
            {u"added"_s, exported.added},
            {u"changed"_s, exported.changed}};
}

} // namespace Banister
