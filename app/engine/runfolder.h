// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QList>
#include <QString>

namespace Banister {

/// The folder of one run below a site's private folder: FOLDER/runs/ID/journal.jsonl. The ID is the
/// time (UTC) and a random number: it sorts by age and cannot be guessed. All are for the owner alone.
class RunFolder
{
public:
    /// Makes the private folder where it is missing; not the one above it.
    static Result<> prepare(const QString &privateFolder);
    /// A new one, with the folders above it where they are missing. EngineError.CannotCreateRun.
    static Result<RunFolder> create(const QString &privateFolder);
    /// EngineError.NoSuchRun.
    static Result<RunFolder> find(const QString &privateFolder, const QString &id);
    /// The newest first.
    static QList<RunFolder> list(const QString &privateFolder);

    const QString &id() const { return m_id; }
    const QString &path() const { return m_path; }
    QString journalPath() const;

private:
    RunFolder(const QString &id, const QString &path)
        : m_id(id)
        , m_path(path)
    {}

    QString m_id;
    QString m_path;
};

} // namespace Banister
