// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "net/download.h"
#include "support/httpserver.h"

#include <QByteArray>
#include <QString>
#include <QTemporaryDir>

#include <memory>

namespace Banister::Test {

/// An empty directory after the bytes: a valid zip file as far as its frame goes.
QByteArray zipFrame(qsizetype size);

/// Also knows how far it got.
class CancelAfter : public SilentMonitor
{
public:
    explicit CancelAfter(qint64 bytes)
        : m_bytes(bytes)
    {}
    void report(const Progress &progress) override
    {
        lastDone = progress.done;
        if (progress.done >= m_bytes)
            m_isCancelled = true;
    }
    bool isCancelRequested() const override { return m_isCancelled; }

    qint64 lastDone = 0;

private:
    qint64 m_bytes;
    bool m_isCancelled = false;
};

template<typename T>
QString described(const Result<T> &result)
{
    if (result.isOk())
        return "no error";
    return result.isCancelled() ? "cancelled"
                                : result.error().code.toString() + ": " + result.error().fact
                                      + " / " + result.error().details;
}

/// A server with a package, and an empty folder for each test to fetch it into.
class DownloadTest
{
protected:
    /// The server answers at /plain.zip with the package, at /half.zip and /half-open.zip with the
    /// first half of it (with and without its length), at /page.zip with a web page, at /silent not
    /// at all.
    void prepare();
    void prepareFolder(); ///< before each test
    DownloadRequest request(const QString &path) const;
    /// The package, ending half-way.
    HttpAnswer half(const QByteArray &etag = {}) const;
    static QByteArray contentOf(const QString &path);
    static QByteArray hashOf(const QByteArray &bytes);

    HttpServer m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_package;
    QString m_target;
};

} // namespace Banister::Test
