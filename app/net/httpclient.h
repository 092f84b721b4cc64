// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "net/netoptions.h"

#include <QByteArray>
#include <QJsonObject>
#include <QUrl>

namespace Banister {

constexpr qint64 smallAnswerBytes = 1 << 20;

/// The body of a small answer. Blocks: not for the GUI thread. Errors: NetError, NetError::HttpStatus
/// for 400 and more, TooLarge for more bytes than wanted.
Result<QByteArray> fetchBytes(const QUrl &url,
                              Monitor &monitor,
                              const NetOptions &options = {},
                              qint64 maximumBytes = smallAnswerBytes);

/// The same, as a JSON object. Errors also: NetError::BadAnswer, with the title of a page in the fact.
Result<QJsonObject> fetchJson(const QUrl &url,
                              Monitor &monitor,
                              const NetOptions &options = {},
                              qint64 maximumBytes = smallAnswerBytes);

} // namespace Banister
