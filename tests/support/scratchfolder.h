// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/treebuilder.h"

#include <QTemporaryDir>

namespace Banister {

/// A folder that goes with this object, whatever the rights of what a test made in it.
class ScratchFolder
{
public:
    ScratchFolder() = default;
    ~ScratchFolder() { removeWholly(m_folder.path()); }
    Q_DISABLE_COPY_MOVE(ScratchFolder)

    QString path() const { return m_folder.path(); }
    QString filePath(const QString &name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
};

} // namespace Banister
