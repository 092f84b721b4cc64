// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal/journalline.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Banister::JournalLine {

namespace {

constexpr auto head = R"({"sum":")"_L1;
constexpr qsizetype sumLength = 8;
constexpr auto neck = R"(",)"_L1;
constexpr qsizetype bodyAt = head.size() + sumLength + neck.size();

QByteArray sumOf(const QByteArray &body)
{
    return QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex().left(sumLength);
}

} // namespace

QByteArray write(qint64 number, const QJsonObject &record)
{
    Q_ASSERT(!record.contains("sum"_L1) && !record.contains("seq"_L1)
             && !record.contains("time"_L1));
    const auto time = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1();
    QByteArray body = R"("seq":)" + QByteArray::number(number) + R"(,"time":")" + time + '"';
    // The record's own braces become those of the line.
    const auto json = QJsonDocument(record).toJson(QJsonDocument::Compact);
    body += record.isEmpty() ? json.sliced(1) : ',' + json.sliced(1);
    return QByteArray(head.data(), head.size()) + sumOf(body) + QByteArray(neck.data(), neck.size())
           + body + '\n';
}

std::optional<QJsonObject> read(const QByteArray &line)
{
    if (line.size() <= bodyAt || !line.startsWith(QByteArrayView(head.data(), head.size())))
        return {};
    if (line.sliced(head.size(), sumLength) != sumOf(line.sliced(bodyAt)))
        return {};
    auto record = QJsonDocument::fromJson(line).object();
    record.remove("sum"_L1);
    if (!record.contains("seq"_L1))
        return {};
    return record;
}

} // namespace Banister::JournalLine
