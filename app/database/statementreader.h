// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "database/compressedfile.h"
#include "database/scriptsplitter.h"

#include <QCoreApplication>
#include <QString>

#include <memory>
#include <optional>

namespace Banister {

/// The statements of one file of a dump, or of any SQL script: plain, gzip or zstd. Holds one
/// statement at a time.
class StatementReader
{
    Q_DECLARE_TR_FUNCTIONS(StatementReader)

public:
    /// \param hash of the whole file, once next() has come to its end; see CompressedFile
    static Result<StatementReader> open(const QString &path, Sha256 *hash = nullptr);

    /// The next statement, null at the end. Errors: DatabaseError.DumpDamaged with file and position.
    Result<std::optional<ScriptStatement>> next();
    qint64 count() const { return m_count; }                  ///< statements so far
    qint64 position() const { return m_file->position(); }    ///< packed bytes used so far
    qint64 plainPosition() const { return *m_plainPosition; } ///< unpacked bytes read so far

private:
    explicit StatementReader(CompressedFile file);

    std::unique_ptr<CompressedFile> m_file; ///< the splitter's source points to it
    std::unique_ptr<qint64> m_plainPosition;
    ScriptSplitter m_splitter;
    qint64 m_count = 0;
};

} // namespace Banister
