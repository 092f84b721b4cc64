// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace Banister::ProcessErrors {

Q_NAMESPACE

/// The ways in which a program can fail to run to its end. An exit status is none of them: what it
/// means is known to whoever started the program.
enum class ProcessError {
    NotFound,             ///< no such program, also not in PATH
    NotExecutable,        ///< there is a file, but no right to run it
    WorkingFolderMissing, ///< the folder that it should run in is not there
    NotStarted,           ///< the system could not start it: no memory, wrong format
    Silent,               ///< nothing was printed for the time allowed; the program was ended
    EndlessOutput,        ///< more was printed than any command has to say; the program was ended
    Crashed,              ///< ended by a signal
};
Q_ENUM_NS(ProcessError)

} // namespace Banister::ProcessErrors

namespace Banister {
using ProcessErrors::ProcessError;
} // namespace Banister
