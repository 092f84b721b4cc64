// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "practice/practicefile.h"

namespace Banister {

enum class MauticRelease { V2, V3 }; ///< 2.16.5 and 3.0.2

/// The files of a release as its package holds them: our own console and texts in Mautic's layout.
/// fillers: how many files of no meaning make it as large as a real one; 3.0.2 changes every fifth
/// of them, lacks every seventeenth and brings some of its own.
QList<PracticeFile> mauticReleaseFiles(MauticRelease release, int fillers);

/// The folders of plugins/ that Mautic 2.16.5 and 3.0.2 bring.
QStringList mauticBundledPlugins();

} // namespace Banister
