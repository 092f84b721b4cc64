// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/pointtext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("BanisterCli", sentence);
}

QString textOf(const PointLeftover &leftover)
{
    using Kind = PointLeftover::Kind;
    switch (leftover.kind) {
    case Kind::Unfinished:
        return text("not finished; --remove removes what there is of it");
    case Kind::Removed:
        return text("its removal was stopped; --remove ends it");
    case Kind::Moved:
        return text("its move was stopped; --move again, or --remove this half");
    case Kind::Unreadable:
        return text("damaged: %1").arg(leftover.problem.fact);
    case Kind::Unreachable:
        return text("not reachable now: %1").arg(leftover.problem.fact);
    case Kind::OtherSite:
        return text("of another site: %1").arg(leftover.problem.fact);
    }
    return {};
}

} // namespace

QString textOf(PointOrigin origin)
{
    switch (origin) {
    case PointOrigin::Upgrade:
        return text("before an upgrade");
    case PointOrigin::Rollback:
        return text("before a rollback");
    case PointOrigin::Person:
        return text("made by hand");
    case PointOrigin::Foreign:
        return text("taken over");
    }
    return {};
}

void sayEstimate(const Output &output, const PointEstimate &estimate)
{
    const QLocale locale;
    output.say(text("The restore point takes up to %1 in %2; %3 are free.")
                   .arg(locale.formattedDataSize(estimate.bytes()),
                        estimate.folder,
                        locale.formattedDataSize(estimate.freeBytes)));
}

QString lineOf(const RestorePoint &point)
{
    const QLocale locale;
    QStringList marks{textOf(point.origin)};
    if (point.notes.isFrozen)
        marks.append(text("frozen"));
    if (point.notes.used.isValid())
        marks.append(text("used up"));
    auto line = point.id() + u"  "_s + point.product + u' ' + point.version;
    if (!point.notes.name.isEmpty())
        line += text("  \"%1\"").arg(point.notes.name);
    return line + u"  "_s + marks.join(u", "_s) + u"; "_s
           + text("%1 files, %2 tables, %3 rows; verified %4")
                 .arg(locale.toString(point.fileCount),
                      locale.toString(point.tableCount),
                      locale.toString(point.rowCount),
                      locale.toString(point.notes.verified.toLocalTime(), QLocale::ShortFormat));
}

QString lineOf(const PointLeftover &leftover)
{
    return leftover.id() + u"  "_s + textOf(leftover);
}

QJsonObject toJson(const RestorePoint &point)
{
    QJsonObject json{{u"id"_s, point.id()},
                     {u"folder"_s, point.folder},
                     {u"origin"_s, nameOf(point.origin)},
                     {u"name"_s, point.notes.name},
                     {u"frozen"_s, point.notes.isFrozen},
                     {u"used"_s, point.notes.used.toString(Qt::ISODate)},
                     {u"hasCopies"_s, point.hasCopies},
                     {u"product"_s, point.product},
                     {u"version"_s, point.version},
                     {u"created"_s, point.created.toString(Qt::ISODate)},
                     {u"verified"_s, point.notes.verified.toString(Qt::ISODate)},
                     {u"files"_s, point.fileCount},
                     {u"fileBytes"_s, point.fileBytes},
                     {u"tables"_s, point.tableCount},
                     {u"rows"_s, point.rowCount}};
    if (point.foreign) {
        json.insert(u"foreign"_s, point.foreign->toJson());
        json.insert(u"unproven"_s, QJsonArray::fromStringList(unprovenOf(point)));
    }
    return json;
}

QJsonObject toJson(const PointLeftover &leftover)
{
    return {{u"id"_s, leftover.id()},
            {u"folder"_s, leftover.folder},
            {u"kind"_s, nameOf(leftover.kind)},
            {u"problem"_s, leftover.problem.fact}};
}

} // namespace Banister
