// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/practicefixture.h"

namespace Banister {

/// Empty where the output has the capture's shape, else the first line that differs.
///
/// Captures (captures/NAME.txt) hold the exit status, standard output and standard error; in them
/// {time}, {site}, {port}, {number} and {secret} stand for what changes. Blanks at line ends do
/// not count.
QString differenceTo(const QString &capture, const ConsoleOutput &output, const PracticeSite &site);

} // namespace Banister
