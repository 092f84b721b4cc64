// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/dumppart.h"

#include "base/sha256.h"
#include "database/databaseerror.h"
#include "database/statementreader.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <utility>

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("DumpPart", sentence);
}

Error damaged(const QString &fact)
{
    return {DatabaseError::DumpDamaged, fact, {}, {}};
}

} // namespace

Result<> readDumpPart(const QString &folder,
                      const DumpPart &part,
                      const StatementSink &sink,
                      const ByteCounter &advance)
{
    const auto path = folder + u'/' + part.file;
    if (!QFileInfo::exists(path)) {
        return Error{DatabaseError::DumpIncomplete,
                     text("The dump's file %1 is missing.").arg(path),
                     {},
                     {}};
    }
    Sha256 hash;
    auto reader = StatementReader::open(path, &hash);
    if (!reader)
        return reader.failure();
    qint64 position = 0;
    while (true) {
        auto statement = reader->next();
        if (!statement)
            return statement.failure();
        advance(reader->position() - std::exchange(position, reader->position()));
        if (!*statement)
            break;
        if (const auto taken = sink((*statement)->text); !taken)
            return taken.failure();
    }
    if (hash.result() != part.sha256)
        return damaged(text("The dump's file %1 is not what was written.").arg(path));
    if (reader->count() != part.statements) {
        return damaged(
            text("The dump's file %1 holds %2 statements; the list of its files says %3.")
                .arg(path, QString::number(reader->count()), QString::number(part.statements)));
    }
    return Success;
}

Result<QHash<QString, QByteArray>> readDumpDefinitions(const DumpManifest &manifest)
{
    QHash<QString, QByteArray> definitions;
    for (const auto &part : manifest.parts) {
        if (part.kind != DumpPart::Kind::Schema)
            continue;
        const auto read =
            readDumpPart(manifest.folder, part, [&](const QByteArray &statement) -> Result<> {
                if (statement.startsWith("CREATE "))
                    definitions.insert(part.table, statement);
                return Success;
            });
        if (!read)
            return read.failure();
    }
    return definitions;
}

} // namespace Banister
