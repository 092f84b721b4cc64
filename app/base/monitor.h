// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Banister {

struct Progress
{
    qint64 done = 0;
    qint64 total = 0; ///< 0: not known yet
    QString text;     ///< translated, present tense: what is being done now
};

/// What long work talks to. Work of several threads may call it from each of them.
class Monitor
{
public:
    virtual ~Monitor() = default;
    /// May be called for every item: whoever listens takes what it needs.
    virtual void report(const Progress &progress) = 0;
    /// A line for the upgrade log; untranslated.
    virtual void log(const QString &line) = 0;
    /// To be asked at least ten times a second; then the work ends with Cancelled.
    virtual bool isCancelRequested() const = 0;
};

/// For work that nobody watches.
class SilentMonitor : public Monitor
{
public:
    void report(const Progress &) override {}
    void log(const QString &) override {}
    bool isCancelRequested() const override { return false; }
};

} // namespace Banister
