// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace Banister {

/// What a console printed, without colours, time stamps and trailing blanks; what Symfony cut into
/// the lines of a box is joined again.
QString plainConsoleText(const QByteArray &output);

/// Without passwords: those given, those in addresses and assignments, and the arguments that
/// stack traces list.
QString withoutSecrets(const QString &text, const QStringList &secrets);

} // namespace Banister
