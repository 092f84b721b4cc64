// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/scriptfacts.h"

#include "database/compressedfile.h"
#include "database/databaseerror.h"
#include "database/scriptsplitter.h"
#include "files/fileerror.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>
#include <cerrno>

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("ScriptFacts", sentence);
}

Error incomplete(const QString &script, qint64 line)
{
    return {DatabaseError::ScriptIncomplete,
            text("The dump %1 breaks off in line %2.").arg(script, QString::number(line)),
            {},
            {}};
}

/// Where a script that lacks its end breaks off; always a failure.
Failure breakOf(const QString &script, const Monitor &monitor)
{
    auto file = CompressedFile::open(script);
    if (!file)
        return file.failure();
    ScriptSplitter splitter([&file](char *to, qint64 size) { return file->read(to, size); });
    qint64 line = 1;
    while (true) {
        if (monitor.isCancelRequested())
            return Cancelled{};
        const auto statement = splitter.next();
        if (!statement)
            return because(incomplete(script, line), statement.failure());
        if (!*statement)
            return incomplete(script, line);
        line = (*statement)->line + (*statement)->text.count('\n');
    }
}

QString behind(const QString &head, const char *pattern)
{
    const QRegularExpression expression(QString::fromLatin1(pattern),
                                        QRegularExpression::MultilineOption);
    return expression.match(head).captured(1);
}

} // namespace

Result<ScriptFacts> readScriptFacts(const QString &script, const Monitor &monitor)
{
    QFile file(script);
    if (!file.open(QIODevice::ReadOnly))
        return fileError(errno, text("The dump cannot be read"), script);
    constexpr qint64 Looked = 4096;
    const auto head = QString::fromUtf8(file.read(Looked));
    file.seek(std::max<qint64>(file.size() - Looked, 0));
    if (!file.readAll().contains("\n-- Dump completed"))
        return breakOf(script, monitor);
    return ScriptFacts{behind(head, "^-- Host: .*Database: (.*)$"),
                       behind(head, "^-- Server version\\s+(.*)$"),
                       QFileInfo(script).lastModified().toUTC()};
}

} // namespace Banister
