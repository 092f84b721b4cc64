// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/foreignpoint.h"

#include "restore/restorepoint.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("ForeignPoint", sentence);
}

QString timeText(const QDateTime &time)
{
    return QLocale().toString(time.toLocalTime(), QLocale::ShortFormat);
}

QDateTime timeOf(const QJsonValue &value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODate).toUTC();
}

} // namespace

QJsonObject ForeignFacts::toJson() const
{
    return {{u"program"_s, program},
            {u"folder"_s, folder},
            {u"script"_s, script},
            {u"taken"_s, taken.toString(Qt::ISODate)},
            {u"ended"_s, ended.toString(Qt::ISODate)},
            {u"presentFiles"_s, presentFiles},
            {u"characterSet"_s, QString::fromLatin1(characterSet)},
            {u"hasRoutines"_s, hasRoutines}};
}

ForeignFacts ForeignFacts::fromJson(const QJsonObject &json)
{
    ForeignFacts facts;
    facts.program = json.value("program"_L1).toString();
    facts.folder = json.value("folder"_L1).toString();
    facts.script = json.value("script"_L1).toString();
    facts.taken = timeOf(json.value("taken"_L1));
    facts.ended = timeOf(json.value("ended"_L1));
    facts.presentFiles = json.value("presentFiles"_L1).toInteger();
    facts.characterSet = json.value("characterSet"_L1).toString().toLatin1();
    facts.hasRoutines = json.value("hasRoutines"_L1).toBool();
    return facts;
}

QStringList unprovenOf(const RestorePoint &point)
{
    if (!point.foreign)
        return {};
    const auto &facts = *point.foreign;
    const auto taken = timeText(facts.taken);
    QStringList sentences{
        text("No sums were recorded when %1 left this. Banister can prove only that what comes "
             "back equals what it found on %2.")
            .arg(facts.program, taken)};
    if (facts.presentFiles > 0) {
        sentences.append(
            QCoreApplication::translate(
                "ForeignPoint",
                "%Ln file(s) of plugins, themes and media come from the present site, where they "
                "had been moved: as they were on %1, with what was changed or removed before.",
                nullptr,
                int(facts.presentFiles))
                .arg(taken));
    }
    if (facts.script.isEmpty()) {
        sentences.append(text("There is no dump: the database is the one of %1, which no migration "
                              "of the newer version had changed.")
                             .arg(taken));
        return sentences;
    }
    sentences.append(text("The database is the dump of %1; rows that came later are not in it. "
                          "Numbers of the type FLOAT have the six digits that mysqldump writes.")
                         .arg(timeText(point.created)));
    if (!facts.hasRoutines)
        sentences.append(text("Routines and events are not in the dump, as mysqldump leaves them "
                              "out; those that the database has stay as they are."));
    if (facts.characterSet != "utf8mb4" && facts.characterSet != "binary")
        sentences.append(text("The dump was written in the character set %1: letters that it does "
                              "not have, such as emoji, were lost then.")
                             .arg(QString::fromLatin1(facts.characterSet)));
    return sentences;
}

} // namespace Banister
