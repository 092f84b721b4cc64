// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace Banister {

class LogRing;
class Redactor;

/// While it lives, messages of Qt's logging (qCWarning …) go to standard error, secrets removed, and
/// into the ring if there is one. At most one at a time; what it was given must live longer.
class MessageHandler
{
public:
    explicit MessageHandler(const Redactor &redactor, LogRing *ring = nullptr);
    ~MessageHandler();
    Q_DISABLE_COPY_MOVE(MessageHandler)

private:
    QtMessageHandler m_former;
};

} // namespace Banister
