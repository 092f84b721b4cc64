// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace Banister::JournalErrors {

Q_NAMESPACE

enum class JournalError { CannotCreate, CannotOpen, CannotWrite, DiskFull, Damaged, Gone, Changed };
Q_ENUM_NS(JournalError)

enum class LockError { Held, HeldElsewhere, Unreadable, CannotLock, Lost };
Q_ENUM_NS(LockError)

} // namespace Banister::JournalErrors

namespace Banister {

using JournalErrors::JournalError;
using JournalErrors::LockError;

} // namespace Banister
