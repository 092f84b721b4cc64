// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/statementreader.h"

#include "database/databaseerror.h"

namespace Banister {

Result<StatementReader> StatementReader::open(const QString &path, Sha256 *hash)
{
    auto file = CompressedFile::open(path, hash);
    if (!file)
        return file.failure();
    return StatementReader(std::move(*file));
}

StatementReader::StatementReader(CompressedFile file)
    : m_file(std::make_unique<CompressedFile>(std::move(file)))
    , m_plainPosition(std::make_unique<qint64>(0))
    , m_splitter([source = m_file.get(),
                  position = m_plainPosition.get()](char *to, qint64 size) -> Result<qint64> {
        auto count = source->read(to, size);
        if (count)
            *position += *count;
        return count;
    })
{}

Result<std::optional<ScriptStatement>> StatementReader::next()
{
    auto statement = m_splitter.next();
    if (statement.isError() && statement.error().code == ErrorCode(DatabaseError::ScriptUnreadable))
        return Error{DatabaseError::DumpDamaged,
                     tr("The dump's file %1 breaks off within statement %2.")
                         .arg(m_file->path())
                         .arg(m_count + 1),
                     {},
                     {}}
            .because(statement.error());
    if (statement && *statement)
        ++m_count;
    return statement;
}

} // namespace Banister
