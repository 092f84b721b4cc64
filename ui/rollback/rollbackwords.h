// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "assistant/assistant.h"
#include "ui/support/pointcontents.h"

#include <QString>

#include <optional>

/// What the pages of a rollback say in several places.
namespace Banister::RollbackWords {

/// "Before an upgrade".
QString originOf(const RestorePoint &point);
/// "12,418 files and 143 tables", of what the selection brings back.
QString numbersOf(const RestorePoint &point,
                  const RollbackSelection &selection,
                  const PointContents &contents);
/// All that is known of a restore point, in sentences; why it cannot be used, too.
QString about(const RestorePoint &point);
/// What would be lost, in one sentence; that it is not known where nothing was compared.
QString lossOf(const std::optional<LossPreview> &preview, const RollbackSelection &selection);

} // namespace Banister::RollbackWords
