// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "database/directfile.h"
#include "database/dumpmanifest.h"
#include "files/hash.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace Banister {

/// Letters, digits and underscores of a table's name, at most 80, for names of files: they alone need
/// not tell tables apart.
QString plainName(const QString &name);

/// Turns bytes into compressed ones.
class Compressor
{
public:
    virtual ~Compressor() = default;
    /// Appends to \p out what is ready.
    virtual Result<> add(QByteArrayView bytes, QByteArray &out) = 0;
    virtual Result<> finish(QByteArray &out) = 0;
    /// Null for none.
    static std::unique_ptr<Compressor> make(Compression compression);
};

/// Writes one file of the dump: counts, compresses, hashes. For one thread.
class PartWriter
{
public:
    /// Begins with the settings of the session that every file carries.
    static Result<PartWriter>
    create(const QString &folder, const DumpPart &part, Compression compression);

    /// A statement without the end; it may be any length.
    Result<> statement(QByteArrayView text);
    /// The rows of a table; they become INSERTs of about a megabyte.
    Result<> row(QByteArrayView tuple, const QByteArray &insert, qint64 largestStatement);
    /// What follows the last row of each INSERT: nothing where it is not set.
    void setRowsEnd(const QByteArray &text) { m_rowsEnd = text; }
    Result<> raw(QByteArrayView text, int statements);
    Result<DumpPart> finish();

private:
    PartWriter(DumpPart part, DirectFile file, std::unique_ptr<Compressor> compressor);
    Result<> flushRows();
    Result<> put(QByteArrayView text);
    Result<> store(QByteArrayView bytes);

    DumpPart m_part;
    DirectFile m_file;
    std::unique_ptr<Compressor> m_compressor;
    std::unique_ptr<Sha256> m_hash;
    QByteArray m_rows;
    QByteArray m_rowsEnd;
    QByteArray m_compressed;
};

} // namespace Banister
