// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

#include <optional>

namespace Banister {

enum class LogLevel { Info, Warning, Error };

/// One entry of an upgrade log. On disk: "[2026-11-21 03:02:39] [backupDatabase] ERROR: text", where
/// the step and the word of the level may be missing; further lines of the text follow as they are.
struct LogEntry
{
    QDateTime time; ///< UTC; invalid for lines before the first entry
    LogLevel level = LogLevel::Info;
    QString step; ///< code of the step; empty where the line names none
    QString text; ///< without time, step and our word of the level; lines are separated by \n
};

/// What the words of a text say: our own, PHP's, and those of the products' consoles.
LogLevel levelOf(const QString &text);

/// The first line of an entry; nothing where the line continues the entry before it.
std::optional<LogEntry> parseLogLine(const QString &line);

/// The line or lines of an entry without the redaction, newline at the end.
QString formatLogEntry(const LogEntry &entry);

/// Control characters, and those that turn the direction of text, as visible escapes; tab and \n stay.
QString withVisibleControls(const QString &text);

} // namespace Banister
