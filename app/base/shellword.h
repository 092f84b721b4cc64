// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace Banister {

/// The word as one word for a POSIX shell, whatever it holds: quoted only where it needs that.
QByteArray shellWord(const QByteArray &word);
QString shellWord(const QString &word);

} // namespace Banister
