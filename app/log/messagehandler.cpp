// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "log/messagehandler.h"

#include "log/logentry.h"
#include "log/logring.h"
#include "log/redactor.h"

#include <QLoggingCategory>

#include <cstdio>
#include <shared_mutex>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

/// Qt's handler is a plain function, so what it needs cannot be a member.
struct Sink
{
    std::shared_mutex mutex; ///< held while a message is written: the handler may be leaving
    const Redactor *redactor = nullptr;
    LogRing *ring = nullptr;
};

Sink &sink()
{
    static Sink only;
    return only;
}

QString levelWord(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return u"debug"_s;
    case QtInfoMsg:
        return u"info"_s;
    case QtWarningMsg:
        return u"warning"_s;
    case QtCriticalMsg:
        return u"error"_s;
    case QtFatalMsg:
        break;
    }
    return u"fatal"_s;
}

void handle(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    auto &to = sink();
    const std::shared_lock lock(to.mutex);
    if (!to.redactor)
        return;
    const auto category = QString::fromUtf8(context.category ? context.category : "default");
    const auto line = levelWord(type) + u' ' + category + u": "_s
                      + withVisibleControls(to.redactor->redact(message)) + u'\n';
    const auto bytes = line.toLocal8Bit();
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stderr); // one call, lines stay whole
    if (to.ring)
        to.ring->append(line);
}

} // namespace

MessageHandler::MessageHandler(const Redactor &redactor, LogRing *ring)
{
    auto &to = sink();
    const std::unique_lock lock(to.mutex);
    Q_ASSERT(!to.redactor);
    to.redactor = &redactor;
    to.ring = ring;
    m_former = qInstallMessageHandler(handle);
}

MessageHandler::~MessageHandler()
{
    qInstallMessageHandler(m_former);
    auto &to = sink();
    const std::unique_lock lock(to.mutex);
    to.redactor = nullptr;
    to.ring = nullptr;
}

} // namespace Banister
