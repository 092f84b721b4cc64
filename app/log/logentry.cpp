// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "log/logentry.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr auto timeFormat = "yyyy-MM-dd HH:mm:ss"_L1;
constexpr auto errorWord = "ERROR: "_L1;
constexpr auto warningWord = "WARNING: "_L1;

const QRegularExpression &startOfEntry()
{
    static const QRegularExpression expression(
        uR"(^\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\] ?(?:\[([A-Za-z]\w{0,63})\] ?)?)"_s);
    return expression;
}

bool isHarmless(char16_t code)
{
    const bool isControl = code < 0x20 || (code >= 0x7f && code <= 0x9f);
    const bool isSeparator = code == 0x2028 || code == 0x2029;
    const bool turnsText = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
    return code == '\n' || code == '\t' || !(isControl || isSeparator || turnsText);
}

} // namespace

LogLevel levelOf(const QString &text)
{
    static const QRegularExpression error(
        uR"(\bERROR\b|\bERR_[A-Z]|\bFATAL\b|\bCRITICAL\b|\b[Ff]atal error:|\bParse error:|\[error\])"
        uR"(|\bSQLSTATE\[|Exception\b.*:)"_s);
    static const QRegularExpression warning(
        uR"(\bWARNING\b|\bWarning:|\bNotice:|\bDeprecated:|\[(?:warning|notice)\])"_s);
    if (error.match(text).hasMatch())
        return LogLevel::Error;
    return warning.match(text).hasMatch() ? LogLevel::Warning : LogLevel::Info;
}

std::optional<LogEntry> parseLogLine(const QString &line)
{
    if (!line.startsWith(u'['))
        return std::nullopt;
    const auto match = startOfEntry().match(line);
    if (!match.hasMatch())
        return std::nullopt;
    LogEntry entry;
    entry.time = QDateTime::fromString(match.captured(1), timeFormat);
    entry.time.setTimeSpec(Qt::UTC);
    if (!entry.time.isValid())
        return std::nullopt;
    entry.step = match.captured(2);
    entry.text = line.mid(match.capturedEnd());
    entry.level = levelOf(entry.text);
    for (const auto word : {errorWord, warningWord}) {
        if (entry.text.startsWith(word))
            entry.text.remove(0, word.size());
    }
    return entry;
}

QString formatLogEntry(const LogEntry &entry)
{
    auto text = entry.text;
    // Foreign output must not pass for an entry of ours.
    qsizetype newline = -1;
    while ((newline = text.indexOf(u'\n', newline + 1)) >= 0) {
        if (startOfEntry().match(text.mid(newline + 1, 32)).hasMatch())
            text.insert(newline + 1, u' ');
    }
    auto line = u'[' + entry.time.toUTC().toString(timeFormat) + u"] "_s;
    if (!entry.step.isEmpty())
        line += u'[' + entry.step + u"] "_s;
    if (entry.level == LogLevel::Error)
        line += errorWord;
    else if (entry.level == LogLevel::Warning)
        line += warningWord;
    return line + text + u'\n';
}

QString withVisibleControls(const QString &text)
{
    QString result;
    result.reserve(text.size());
    for (qsizetype at = 0; at < text.size(); ++at) {
        const auto code = text.at(at).unicode();
        const bool isLineEnd = code == '\r' && at + 1 < text.size() && text.at(at + 1) == u'\n';
        if (isLineEnd)
            continue;
        if (isHarmless(code))
            result += text.at(at);
        else if (code == '\r')
            result += u"\\r"_s;
        else if (code < 0x100)
            result += u"\\x%1"_s.arg(uint(code), 2, 16, '0'_L1);
        else
            result += u"\\u{%1}"_s.arg(uint(code), 4, 16, '0'_L1);
    }
    return result;
}

} // namespace Banister
