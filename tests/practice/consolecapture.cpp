// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "consolecapture.h"

#include <QFile>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QRegularExpression pattern(const QString &line, const PracticeSite &site)
{
    auto text = QRegularExpression::escape(line);
    const QList<std::pair<QString, QString>> places{
        {u"time"_s, u"\\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\]"_s},
        {u"site"_s, QRegularExpression::escape(site.sitePath())},
        {u"port"_s, QString::number(site.database.port)},
        {u"number"_s, u"[0-9]+(?:\\.[0-9]+)?"_s},
        {u"secret"_s, u"[0-9a-f]{64}"_s}};
    for (const auto &[name, expression] : places)
        text.replace(QRegularExpression::escape(u'{' + name + u'}'), expression);
    return QRegularExpression(QRegularExpression::anchoredPattern(text));
}

QStringList trimmedLines(const QString &text)
{
    auto lines = text.split(u'\n');
    for (auto &line : lines) {
        while (line.endsWith(u' '))
            line.chop(1);
    }
    return lines;
}

} // namespace

QString differenceTo(const QString &capture, const ConsoleOutput &output, const PracticeSite &site)
{
    QFile file(QStringLiteral(PRACTICE_CAPTURES) + u'/' + capture + u".txt"_s);
    if (!file.open(QIODevice::ReadOnly))
        return u"no capture "_s + file.fileName();
    const auto wanted = trimmedLines(QString::fromUtf8(file.readAll()));
    const auto printed = trimmedLines(u"exit %1\n--- stdout\n%2--- stderr\n%3"_s.arg(
        QString::number(output.status), output.out, output.err));
    for (qsizetype i = 0; i < std::max(wanted.size(), printed.size()); ++i) {
        if (i >= wanted.size() || i >= printed.size()
            || !pattern(wanted.at(i), site).match(printed.at(i)).hasMatch()) {
            return u"%1, line %2: wanted \"%3\", printed \"%4\"\n%5"_s.arg(capture,
                                                                           QString::number(i + 1),
                                                                           wanted.value(i),
                                                                           printed.value(i),
                                                                           printed.join(u'\n'));
        }
    }
    return {};
}

} // namespace Banister
