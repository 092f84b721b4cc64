// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/output.h"

#include "log/logentry.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

void print(std::FILE *stream, const QByteArray &line)
{
    std::fwrite(line.constData(), 1, size_t(line.size()), stream);
    std::fputc('\n', stream);
    std::fflush(stream);
}

} // namespace

void Output::say(const QString &line) const
{
    // What a foreign program printed must not steer the terminal.
    print(m_isJson ? stderr : stdout, withVisibleControls(line).toUtf8());
}

void Output::json(const QJsonObject &document) const
{
    if (m_isJson)
        print(stdout, QJsonDocument(document).toJson(QJsonDocument::Compact));
}

void Output::explain(const Explanation &explanation) const
{
    say(explanation.code.toString() + u": "_s + explanation.title);
    say(explanation.meaning);
    say(QCoreApplication::translate("BanisterCli", "Likely causes:"));
    for (const auto &cause : explanation.causes)
        say(u"  - "_s + cause);
    say(QCoreApplication::translate("BanisterCli", "What to do:"));
    for (const auto &action : explanation.actions)
        say(u"  - "_s + action);
    if (!explanation.siteText.isEmpty())
        say(explanation.siteText);
    for (const auto &link : explanation.links)
        say(u"  "_s + link);
}

void Output::explain(const Error &error) const
{
    // Two errors of a chain may have one code, or carry the same output.
    QSet<QString> told;
    const auto isNew = [&told](const QString &text) {
        const auto before = told.size();
        told.insert(text);
        return told.size() > before;
    };
    for (const Error *each = &error; each; each = each->cause.get()) {
        say({});
        say(each->fact);
        if (isNew(each->code.toString())) {
            if (const auto *known = m_catalogue.find(each->code)) {
                auto shown = *known;
                // The top code knows best what it means for the site.
                if (each != &error)
                    shown.siteText.clear();
                explain(shown);
            } else {
                say(each->code.toString());
            }
        }
        if (!each->details.isEmpty() && isNew(each->details))
            say(QCoreApplication::translate("BanisterCli", "Details:") + u'\n' + each->details);
    }
}

QJsonObject toJson(const Explanation &explanation)
{
    return {{u"code"_s, explanation.code.toString()},
            {u"title"_s, explanation.title},
            {u"meaning"_s, explanation.meaning},
            {u"causes"_s, QJsonArray::fromStringList(explanation.causes)},
            {u"actions"_s, QJsonArray::fromStringList(explanation.actions)},
            {u"site"_s, explanation.siteText},
            {u"links"_s, QJsonArray::fromStringList(explanation.links)}};
}

} // namespace Banister
