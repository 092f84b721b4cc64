// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/neterror.h"
#include "net/transfer.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr qsizetype maximumTitle = 200;
constexpr qsizetype shownBytes = 500;

QString decodedEntities(QString text)
{
    using Entity = std::pair<QLatin1StringView, QLatin1StringView>;
    static constexpr std::array entities = {
        Entity{"&lt;"_L1, "<"_L1},
        Entity{"&gt;"_L1, ">"_L1},
        Entity{"&quot;"_L1, R"(")"_L1},
        Entity{"&#39;"_L1, "'"_L1},
        Entity{"&#039;"_L1, "'"_L1},
        Entity{"&nbsp;"_L1, " "_L1},
        Entity{"&amp;"_L1, "&"_L1},
    };
    for (const auto &[entity, character] : entities)
        text.replace(entity, character);
    return text;
}

} // namespace

QString titleOf(const QByteArray &html)
{
    static const QRegularExpression title(u"<title[^>]*>([^<]*)"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    const auto match = title.match(QString::fromUtf8(html));
    return decodedEntities(match.captured(1)).simplified().left(maximumTitle);
}

bool looksLikeHtml(QByteArrayView bytes)
{
    auto start = bytes.first(std::min<qsizetype>(bytes.size(), 512)).toByteArray();
    if (start.startsWith("\xef\xbb\xbf"))
        start.remove(0, 3);
    start = start.trimmed().toLower();
    for (const auto *opening : {"<!doctype html", "<html", "<head", "<body", "<title", "<!--"}) {
        if (start.startsWith(opening))
            return true;
    }
    return false;
}

Error statusError(const Response &response, const QByteArray &body)
{
    auto details = titleOf(body);
    if (details.isEmpty() && !looksLikeHtml(body))
        details = QString::fromUtf8(body.left(shownBytes)).simplified();
    return {NetError::HttpStatus,
            Transfer::tr("%1 answers with status %2.")
                .arg(displayed(response.url))
                .arg(response.status),
            details,
            {}};
}

} // namespace Banister
