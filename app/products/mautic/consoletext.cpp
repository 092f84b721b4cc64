// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/consoleoutput.h"

#include <QRegularExpression>

namespace Banister {

using namespace Qt::StringLiterals;

QString consoleText(const QByteArray &output)
{
    static const QRegularExpression colours(u"\x1b\\[[0-9;?]*[A-Za-z]"_s);
    // Not only at the start of a line: after a progress bar the stamp stands at its end.
    static const QRegularExpression stamps(uR"(\[\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\] ?)"_s);
    QString text = QString::fromUtf8(output);
    text.replace("\r\n"_L1, "\n"_L1);
    text.replace('\r'_L1, '\n'_L1);
    text.remove(colours);
    text.remove(stamps);
    return text;
}

namespace {

/// Symfony 4 and later cut the lines of a box at 75 characters, in the middle of a word if need
/// be, and put two spaces at either side (Application::renderThrowable, terminal of 80 columns).
constexpr int WrappedBox = 79;
constexpr int WrappedText = WrappedBox - 4;

QString joined(const QStringList &rows, bool isWrapped)
{
    QString text;
    bool goesOn = false;
    for (const QString &row : rows) {
        QString content = row.mid(2, isWrapped ? WrappedText : -1);
        if (content.trimmed().isEmpty()) {
            goesOn = false;
            continue;
        }
        if (!goesOn && !text.isEmpty())
            text += '\n'_L1;
        // One space at the end may be where it was cut; more of them fill a row that ended.
        goesOn = isWrapped && content.size() == WrappedText && !content.endsWith("  "_L1);
        while (!goesOn && content.endsWith(' '_L1))
            content.chop(1);
        text += content;
    }
    return text.trimmed();
}

/// One box while it is read.
struct Box
{
    QStringList rows;
    bool isAnnounced = false; ///< "In File.php line N:" stood above it

    QString text() const
    {
        static const QRegularExpression exceptionClass(uR"(^\s*\[[\w\\]+(?: \(\w+\))?\]\s*$)"_s);
        QStringList content = rows;
        const bool isBlankFirst = !content.isEmpty() && content.first().trimmed().isEmpty();
        const qsizetype first = isBlankFirst ? 1 : 0;
        const bool hasClass =
            content.size() > first && exceptionClass.match(content.at(first)).hasMatch();
        const bool isWrapped = !content.isEmpty() && content.first().size() == WrappedBox
                               && (isAnnounced || !hasClass);
        if (hasClass)
            content.removeAt(first);
        return joined(content, isWrapped);
    }
};

} // namespace

QStringList errorBoxes(const QByteArray &standardError)
{
    static const QRegularExpression announcement(uR"(^In .* line \d+:$)"_s);
    QStringList boxes;
    Box box;
    const auto close = [&] {
        if (const QString text = box.text(); !text.isEmpty())
            boxes += text;
        box = {};
    };
    for (const QString &line : consoleText(standardError).split('\n'_L1)) {
        if (line.startsWith("  "_L1) && line.endsWith("  "_L1)) {
            box.rows += line;
            continue;
        }
        close();
        box.isAnnounced = announcement.match(line).hasMatch();
    }
    close();
    return boxes;
}

QString withoutSecrets(const QString &text)
{
    static const QRegularExpression assigned(
        uR"(\b(`?\w*(?:secret|password|passwd|token|api_?key)\w*`?\s*=\s*)'(?:[^'\\]|\\.|'')*')"_s,
        QRegularExpression::CaseInsensitiveOption);
    // Doctrine prints bound values as JSON: with params ["x", 5]:
    static const QRegularExpression bound(uR"((with params )\[.*?\](?=:?\s*(?:\n|$)))"_s,
                                          QRegularExpression::DotMatchesEverythingOption);
    QString result = text;
    result.replace(assigned, uR"(\1'***')"_s);
    result.replace(bound, uR"(\1[***])"_s);
    return result;
}

QVersionNumber parseConsoleVersion(const QByteArray &output)
{
    // A notice may come first and name a folder with a version in it: Mautic's own line wins.
    static const QRegularExpression own(uR"(^Mautic (?:version )?(\d+\.\d+\.\d+))"_s,
                                        QRegularExpression::MultilineOption);
    static const QRegularExpression any(uR"(\d+\.\d+\.\d+)"_s);
    const QString text = consoleText(output);
    if (const auto match = own.match(text); match.hasMatch())
        return QVersionNumber::fromString(match.captured(1));
    return QVersionNumber::fromString(any.match(text).captured());
}

bool saysCacheCleared(const QByteArray &output)
{
    // 2.16 and 3.x (Symfony's SymfonyStyle): wrapped where the environment's name is long.
    static const QRegularExpression cleared(
        uR"(\[OK\]\s+Cache\s+for\s+the\s+"[^"]*"\s+environment\b)"_s);
    return cleared.match(consoleText(output)).hasMatch();
}

} // namespace Banister
