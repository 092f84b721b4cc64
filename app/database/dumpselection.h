// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "database/dumpmanifest.h"
#include "database/presentobjects.h"

#include <QByteArray>
#include <QHash>
#include <QSet>
#include <QString>
#include <QStringList>

namespace Banister {

/// The table that a CREATE TRIGGER is for; empty where it cannot be told.
QString triggerTable(const QByteArray &definition);

/// Some tables of a dump, with what goes with them: their triggers, and the sequences that they take
/// numbers from. Views, routines and events are for all tables or for none.
class DumpSelection
{
public:
    /// \param tables all where it is empty. Errors: DatabaseError.NotInDump; those of readDumpPart()
    static Result<DumpSelection> read(const DumpManifest &manifest, const QStringList &tables);

    bool isAll() const { return m_tables.isEmpty(); }
    const QStringList &tables() const { return m_tables; } ///< empty for all
    /// What is left of the dump's: files, tables, and objects.
    const DumpManifest &manifest() const { return m_manifest; }
    /// Triggers of the dump whose table cannot be told: they are not taken.
    const QStringList &unclearTriggers() const { return m_unclear; }

    /// A sequence that is there stays as it is: set back it would give numbers twice to others.
    void keepSequences(const QList<PresentObject> &present);
    /// Whether a statement of the files of sequences and objects is to be carried out.
    bool takes(const QByteArray &statement) const;

private:
    Result<> readTriggers(const DumpManifest &manifest);

    QStringList m_tables;
    DumpManifest m_manifest;
    QSet<QByteArray> m_sequences; ///< quoted names
    QStringList m_unclear;
};

} // namespace Banister
