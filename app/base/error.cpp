// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace Banister {

Error Error::because(Error lower) &&
{
    cause = std::make_shared<const Error>(std::move(lower));
    return std::move(*this);
}

const Error &Error::root() const
{
    const Error *error = this;
    while (error->cause)
        error = error->cause.get();
    return *error;
}

bool Error::has(const ErrorCode &wanted) const
{
    for (const Error *error = this; error; error = error->cause.get()) {
        if (error->code == wanted)
            return true;
    }
    return false;
}

QJsonObject Error::toJson() const
{
    QJsonObject json{{u"code"_s, code.toString()}, {u"fact"_s, fact}};
    if (!details.isEmpty())
        json.insert(u"details"_s, details);
    if (!cure.isEmpty())
        json.insert(u"cure"_s, cure);
    if (cause)
        json.insert(u"cause"_s, cause->toJson());
    return json;
}

Error Error::fromJson(const QJsonObject &json)
{
    Error error{ErrorCode::fromString(json.value("code"_L1).toString()),
                json.value("fact"_L1).toString(),
                json.value("details"_L1).toString(),
                json.value("cure"_L1).toString()};
    if (const auto lower = json.value("cause"_L1); lower.isObject())
        error.cause = std::make_shared<const Error>(fromJson(lower.toObject()));
    return error;
}

QString factsOf(const Error &error)
{
    QStringList facts;
    for (const Error *each = &error; each; each = each->cause.get())
        facts.append(each->fact);
    return facts.join(u'\n');
}

} // namespace Banister
