// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/phprange.h"

#include <QList>

namespace Banister {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype FullLength = 3;

QVersionNumber withoutNines(const QVersionNumber &version)
{
    QList<int> segments = version.segments();
    const auto isAny = [](int segment) {
        const QString digits = QString::number(segment);
        return digits.size() > 1 && digits.count('9'_L1) == digits.size();
    };
    while (!segments.isEmpty() && isAny(segments.last()))
        segments.removeLast();
    return QVersionNumber(segments);
}

} // namespace

PhpRange::PhpRange(const QString &minimum, const QString &maximum)
    : m_minimum(QVersionNumber::fromString(minimum))
    , m_maximum(withoutNines(QVersionNumber::fromString(maximum)))
{}

bool PhpRange::isBelow(const QVersionNumber &version) const
{
    return !m_minimum.isNull() && QVersionNumber::compare(version, m_minimum) < 0;
}

bool PhpRange::admits(const QVersionNumber &version) const
{
    if (version.isNull() || isBelow(version))
        return false;
    if (m_maximum.isNull())
        return true;
    const QVersionNumber prefix(version.segments().mid(0, m_maximum.segmentCount()));
    return QVersionNumber::compare(prefix, m_maximum) <= 0;
}

QString PhpRange::toString() const
{
    QString upper = m_maximum.toString();
    if (!m_maximum.isNull() && m_maximum.segmentCount() < FullLength)
        upper += ".x"_L1;
    if (m_minimum.isNull())
        return upper.isEmpty() ? QString() : u"≤ "_s + upper;
    if (m_maximum.isNull())
        return u"≥ "_s + m_minimum.toString();
    return m_minimum.toString() + u" – "_s + upper;
}

} // namespace Banister
