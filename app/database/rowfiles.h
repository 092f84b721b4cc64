// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "database/directfile.h"
#include "database/partwriter.h"
#include "database/tablepair.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringList>

#include <vector>

namespace Banister {

/// Rows of one table as CSV and as SQL, in two files beside each other. For one thread at a time.
class RowFiles
{
public:
    enum class Sort { Added, Changed };

    /// \param name of the files, without what follows the dot
    /// \param remarks lines for people, without line breaks
    static Result<RowFiles> create(const QString &folder,
                                   const QString &name,
                                   const TablePair &pair,
                                   Sort sort,
                                   const QStringList &remarks);
    /// \param tuple of pair.now
    Result<> add(QByteArrayView tuple);
    Result<> finish();
    QStringList names() const { return m_names; }

private:
    RowFiles(DirectFile csv, PartWriter sql);
    Result<> writeCsv(QByteArrayView tuple);

    DirectFile m_csv;
    PartWriter m_sql;
    QStringList m_names;
    QByteArray m_insert;
    std::vector<size_t> m_order; ///< of the CSV's columns in a tuple
    std::vector<QByteArrayView> m_fields;
    QByteArray m_line;
};

} // namespace Banister
