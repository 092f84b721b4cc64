// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

#include <sys/types.h>

namespace Banister {

/// A file of a practice site or of its release package. Large ones keep a recipe, not their bytes.
struct PracticeFile
{
    enum class Filler { None, Text, Binary };

    QByteArray path; ///< relative, as bytes: names need not be UTF-8
    QByteArray content;
    mode_t mode = 0644;
    Filler filler = Filler::None;
    quint32 seed = 0; ///< of the filler: the same seed makes the same bytes
};

/// The bytes: the content, or what the filler's seed makes (500 to 60,000 bytes, 8,500 on average).
QByteArray bytesOf(const PracticeFile &file);

/// A file of the resources below :/practice; empty where there is none.
QByteArray practiceResource(const QString &path);
/// All files of a folder of the resources, with paths relative to it, sorted.
QList<PracticeFile> practiceResources(const QString &folder);

} // namespace Banister
