// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/practicefixture.h"

#include <QRandomGenerator>

namespace Banister {

/// What people do to a site, by chance: files, folders and links with names, modes and times of any
/// kind, tables and rows. The same seed does the same.
class RandomEdits
{
public:
    RandomEdits(const PracticeFixture &fixture, QRandomGenerator &random)
        : m_fixture(fixture)
        , m_random(random)
    {}

    /// In the folders that people write to. Empty, or what was not possible.
    QString editFiles(int count);
    /// Empty, or what the server said.
    QString editRows(int count);
    QString addTables(int count);

private:
    QByteArray anyName();
    QByteArray anyFolder() const;
    bool editOneFile();
    bool changeAttributes(const QByteArray &path, bool isLink);

    const PracticeFixture &m_fixture;
    QRandomGenerator &m_random;
};

} // namespace Banister
