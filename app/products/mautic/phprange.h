// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVersionNumber>

namespace Banister {

/// The versions of PHP that a release of Mautic runs on, both ends inclusive.
///
/// The upper end is a prefix: "7.3.99", "7.3.999" and "7.3" all admit every 7.3.x, as the nines
/// stand for "any". An end that is null is open.
class PhpRange
{
public:
    PhpRange() = default;
    /// Texts as release_metadata.json has them; an unreadable or empty one is an open end.
    PhpRange(const QString &minimum, const QString &maximum);

    bool admits(const QVersionNumber &version) const;
    /// Whether the version is below the lower end; otherwise it is above the upper one, or in.
    bool isBelow(const QVersionNumber &version) const;
    const QVersionNumber &minimum() const { return m_minimum; }
    /// Without the nines: "7.3".
    const QVersionNumber &maximum() const { return m_maximum; }
    /// "7.2.21 – 7.3.x", for people.
    QString toString() const;

    friend bool operator==(const PhpRange &, const PhpRange &) = default;

private:
    QVersionNumber m_minimum;
    QVersionNumber m_maximum;
};

} // namespace Banister
