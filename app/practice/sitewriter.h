// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "practice/practicefile.h"

#include <QCoreApplication>
#include <QSet>

namespace Banister {

/// Writes a tree of files, links and folders. Paths are bytes relative to the root. The first
/// failure stays: later calls do nothing, so a caller may ask once at the end.
class SiteWriter
{
    Q_DECLARE_TR_FUNCTIONS(SiteWriter)

public:
    explicit SiteWriter(const QString &root);

    void write(const PracticeFile &file);
    void write(const QByteArray &path, const QByteArray &content, mode_t mode = 0644);
    void link(const QByteArray &path, const QByteArray &target);
    void folder(const QByteArray &path, mode_t mode = 0755);
    /// seconds since 1970; for a link its own time.
    void setTime(const QByteArray &path, qint64 seconds, long nanoseconds = 0);

    /// Gives all folders times of the past, which writing into them has changed.
    Result<> finish();
    Result<> result() const { return m_result; }

private:
    QByteArray absolute(const QByteArray &path) const { return m_root + '/' + path; }
    void fail(const QByteArray &path, int problem);

    QByteArray m_root;
    QSet<QByteArray> m_folders;
    Result<> m_result = Success;
};

} // namespace Banister
