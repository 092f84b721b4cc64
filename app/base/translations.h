// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Banister {

/// Gives the texts of this program in the person's language, where there is a translation, and
/// English with its plural forms where there is none. Once, after the application object was made.
void installTranslations();

} // namespace Banister
