// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "files/attributes.h"
#include "files/copytree.h"
#include "files/handle.h"
#include "files/hash.h"
#include "files/sharedprogress.h"

#include <atomic>
#include <vector>

namespace Banister {

/// Copies single files for copyTree(). One object for each thread.
class FileCopy
{
public:
    enum State {
        Done,     ///< under temporaryName(), or under its own name with Existing::Replace
        Present,  ///< the target has it already
        Kept,     ///< the target has something else, which stays
        Vanished, ///< the source has no such file any more
        Failed    ///< error() tells
    };

    FileCopy(const CopyOptions &options, SharedProgress &progress, std::atomic<bool> &canClone)
        : m_options(options)
        , m_progress(progress)
        , m_canClone(canClone)
    {}

    /// Copies the entry's file between two open folders; completes the entry with what was read.
    /// mayExist false: the target folder is new, nothing is looked for in it. With Existing::Replace
    /// the file gets its own name at once.
    State copy(int fromFolder, int toFolder, TreeEntry &entry, bool mayExist, Existing existing);

    /// After Failed: what failed, translated; an errno, 0 for cancelled; on the target or the source.
    struct Problem
    {
        QString what;
        int number = 0;
        bool isTarget = false;
    };
    const Problem &problem() const { return m_problem; }
    /// Of the last file.
    const FactsKept &kept() const { return m_kept; }
    bool hasChangedMeanwhile() const { return m_hasChanged; }

private:
    State copyContent(const Handle &source, const Handle &target, TreeEntry &entry);
    State cloneContent(const Handle &source, const Handle &target, TreeEntry &entry);
    State readAndWrite(const Handle &source, const Handle &target, TreeEntry &entry);
    State finish(const Handle &source, Handle &target, TreeEntry &entry);
    /// Whether the target's file has the source's content; hashes it where asked for.
    bool isSame(const Handle &source, const Handle &target, TreeEntry &entry);
    State failed(const QString &what, int number, bool isTarget);
    State readProblem(int number);
    State writeProblem(int number);

    const CopyOptions &m_options;
    SharedProgress &m_progress;
    std::atomic<bool> &m_canClone; // shared: the first refusal holds for the whole tree
    Sha256 m_hash;
    std::vector<char> m_buffer = std::vector<char>(size_t(1) << 18U);
    std::vector<char> m_other; // for comparing; made when needed
    FactsKept m_kept;
    bool m_hasChanged = false;
    Problem m_problem;
};

/// The name that a file has until it is complete: 30 bytes whatever the length of the name.
QByteArray temporaryName(const QByteArray &name);
bool isTemporaryName(const QByteArray &name);

} // namespace Banister
