// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "log/redactor.h"

#include <QRegularExpression>
#include <QStringList>
#include <QUrl>

#include <algorithm>
#include <mutex>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr auto shortSecret = 4;   ///< below this length secrets are words of ordinary text
constexpr auto shownByTrace = 15; ///< characters of an argument in a PHP stack trace

struct Pattern
{
    QRegularExpression expression;
    QString replacement;
};

/// Keeps the name and removes the value, so that the text still says what stood there.
const std::vector<Pattern> &patterns()
{
    constexpr auto options = QRegularExpression::CaseInsensitiveOption;
    const auto make = [](const QString &expression, const QString &replacement) {
        return Pattern{QRegularExpression(expression, options), replacement};
    };
    // Quantifiers are possessive where the text may be long: a match given up would be a secret kept.
    static const QString quoted = uR"((?:"(?:[^"\\]++|\\.)*+"?|'(?:[^'\\]++|\\.|'')*+'?))"_s;
    static const QString notASecret =
        uR"((?!\[removed\]|["']\[removed\]|(?:yes|no|true|false|null|none|array)\b))"_s;
    static const QString name =
        uR"((?:passw(?:or)?d|passwort|passphrase|pwd|secret|token|credentials?)"
        uR"(|(?:api|access|private|secret|encryption|cookie|auth)[_-]?key))"
        uR"((?:[_-]?(?:key|hash|value))?)"_s;
    static const std::vector<Pattern> all = {
        make(
            u"-----BEGIN ([A-Z ]*)PRIVATE KEY-----[\\s\\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|\\z)"_s,
            u"[removed]"_s),
        make(u"\\b((?:proxy-)?authorization|(?:set-)?cookie|x-[a-z-]*(?:token|key))(\\s*[:=]\\s*+)"
             u"(?!\\[removed\\])[^\\r\\n\"']+"_s,
             u"\\1\\2[removed]"_s),
        make(u"\\b(bearer\\s+)[a-z0-9._~+/=-]{8,}"_s, u"\\1[removed]"_s),
        make(u"(\\b[a-z][a-z0-9+.-]{0,20}://[^\\s/@:'\"]*:)(?!\\[removed\\])[^\\s'\"/]+@"_s,
             u"\\1[removed]@"_s),
        make(u"(\\b[a-z][a-z0-9+.-]{0,20}://)[a-z0-9_-]{20,}@"_s, u"\\1[removed]@"_s),
        // name = value, 'name' => 'value', "name": "value", [name] => value, ["name"]=> string(3) "x"
        make(u"("_s + name + u"[\"'\\]]{0,2}\\s*(?:=>|[:=])\\s*+(?:string\\(\\d+\\)\\s*+)?)"_s
                 + notASecret + u"(?:"_s + quoted + u"|[^\\s&\"'<>]+)"_s,
             u"\\1[removed]"_s),
        make(u"(<"_s + name + u"[^<>]{0,80}>)(?!\\[removed\\])[^<]+"_s, u"\\1[removed]"_s),
        make(u"(--?(?:password|pass)\\s+)(?!\\[removed\\]|-)(?:"_s + quoted + u"|\\S+)"_s,
             u"\\1[removed]"_s),
        make(u"(\\b(?:mysql|mariadb)[a-z_-]*\\b[^\\n]{0,400}?\\s-p)(?!\\[removed\\])(?:"_s + quoted
                 + u"|\\S+)"_s,
             u"\\1[removed]"_s),
        make(u"(\\bidentified\\s+(?:by|with\\s+\\S+\\s+(?:by|as))\\s+(?:password\\s+)?)"_s
                 + notASecret + quoted,
             u"\\1[removed]"_s),
        make(u"(\\bpassword\\s*\\(\\s*)"_s + notASecret + quoted, u"\\1[removed]"_s),
        // Host or data source, user, password: how PHP's stack traces show a connection being made.
        make(u"((?:__construct|connect)\\((?:'[^'\\n]*+'|null), '[^'\\n]*+', )"_s
             u"(?!'\\[removed\\])'[^'\\n]*+'?"_s,
             u"\\1'[removed]'"_s),
        // Signed web tokens, and keys that their makers gave a shape to be found by.
        make(u"\\beyJ[a-z0-9_-]{10,}\\.[a-z0-9_-]{10,}\\.[a-z0-9_-]*"_s, u"[removed]"_s),
        make(u"\\b(?:gh[pousr]_[a-z0-9]{30,}|AKIA[0-9A-Z]{16}|[sr]k_live_[a-z0-9]{10,})"_s,
             u"[removed]"_s),
    };
    return all;
}

QString withBackslashes(const QString &secret, QStringView escaped)
{
    QString result;
    for (const QChar character : secret) {
        if (escaped.contains(character))
            result += u'\\';
        result += character;
    }
    return result;
}

QString inJson(const QString &secret, bool isAscii, bool isSlashEscaped)
{
    QString result;
    for (const QChar character : secret) {
        const auto code = character.unicode();
        if (character == u'"' || character == u'\\' || (character == u'/' && isSlashEscaped))
            result += u'\\' + QString(character);
        else if (code == '\n')
            result += u"\\n"_s;
        else if (code == '\t')
            result += u"\\t"_s;
        else if (code == '\r')
            result += u"\\r"_s;
        else if (code < 0x20 || (isAscii && code > 0x7e))
            result += u"\\u%1"_s.arg(uint(code), 4, 16, '0'_L1);
        else
            result += character;
    }
    return result;
}

/// The part of base64 text that is the same wherever the secret stands in the bytes encoded.
QStringList inBase64(const QByteArray &secret)
{
    QStringList result;
    for (int before = 0; before < 3; ++before) {
        const auto bytes = QByteArray(before, '\0') + secret;
        const auto first = (before * 8 + 5) / 6;
        const auto end = bytes.size() * 8 / 6;
        if (end - first < 6)
            continue;
        for (const auto alphabet : {QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding})
            result += QString::fromLatin1(bytes.toBase64(alphabet)).mid(first, end - first);
    }
    return result;
}

QStringList formsOf(const QString &secret)
{
    QStringList forms = {secret,
                         secret.toHtmlEscaped(),
                         secret.toHtmlEscaped().replace(u'\'', u"&#039;"_s),
                         withBackslashes(secret, u"\\'"),
                         withBackslashes(secret, u"\\'\""),
                         QString(secret).replace(u'\'', u"''"_s),
                         QString(secret).replace(u'\'', u"'\\''"_s)};
    for (const bool isAscii : {false, true}) {
        for (const bool isSlashEscaped : {false, true})
            forms += inJson(secret, isAscii, isSlashEscaped);
    }
    const auto encoded = QUrl::toPercentEncoding(secret);
    for (const auto &form : {encoded, QByteArray(encoded).replace("%20", "+")}) {
        forms += QString::fromLatin1(form);
        static const QRegularExpression escape(u"%[0-9A-F]{2}"_s);
        auto lower = QString::fromLatin1(form);
        for (auto match = escape.match(lower); match.hasMatch();
             match = escape.match(lower, match.capturedEnd()))
            lower.replace(match.capturedStart(), 3, match.captured().toLower());
        forms += lower;
    }
    forms += inBase64(secret.toUtf8());
    if (secret.size() > shownByTrace)
        forms += secret.left(shownByTrace) + u"..."_s;
    return forms;
}

bool isWordCharacter(QChar character)
{
    return character.isLetterOrNumber() || character == u'_';
}

void removeWord(QString &text, const QString &word)
{
    qsizetype at = 0;
    while ((at = text.indexOf(word, at)) >= 0) {
        const auto end = at + word.size();
        const bool joinsLeft =
            at > 0 && isWordCharacter(word.front()) && isWordCharacter(text.at(at - 1));
        const bool joinsRight =
            end < text.size() && isWordCharacter(word.back()) && isWordCharacter(text.at(end));
        if (joinsLeft || joinsRight) {
            at = end;
            continue;
        }
        text.replace(at, word.size(), Redactor::replacement);
        at += Redactor::replacement.size();
    }
}

} // namespace

void Redactor::addSecret(const QString &secret)
{
    if (secret.isEmpty() || secret == replacement)
        return;
    const bool isShort = secret.size() < shortSecret;
    const auto forms = isShort ? QStringList{secret} : formsOf(secret);
    const std::unique_lock lock(m_mutex);
    for (const auto &form : forms) {
        const auto isKnown = [&form](const Form &known) { return known.text == form; };
        if (std::none_of(m_forms.cbegin(), m_forms.cend(), isKnown))
            m_forms.push_back({form, isShort});
    }
    std::stable_sort(m_forms.begin(), m_forms.end(), [](const Form &left, const Form &right) {
        return left.text.size() > right.text.size();
    });
}

QString Redactor::redact(const QString &text) const
{
    auto result = text;
    {
        const std::shared_lock lock(m_mutex);
        for (const auto &form : m_forms) {
            if (form.isWholeWord)
                removeWord(result, form.text);
            else
                result.replace(form.text, replacement);
        }
    }
    for (const auto &pattern : patterns())
        result.replace(pattern.expression, pattern.replacement);
    return result;
}

} // namespace Banister
