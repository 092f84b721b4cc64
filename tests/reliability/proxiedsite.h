// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "reliability/endings.h"
#include "support/faultyproxy.h"

#include <memory>
#include <optional>

class QProcess;

namespace Banister {

/// A site whose configuration names a proxy as its database server: all that Banister and the site's
/// own console say to it passes there.
class ProxiedSite
{
public:
    using Program = Kill::Program;

    // What can be put back.
    static constexpr auto Start = "start";
    static constexpr auto Upgraded = "upgraded";

    /// Builds it, upgrades it, rolls that back. Empty, or why not.
    QString build();

    /// What it is now is what it comes back to from now on. Empty, or why not.
    QString changeStart() { return m_site.noteStart(); }

    const KillableSite &site() const { return m_site; }
    FaultyProxy &proxy() { return *m_proxy; }
    /// How many there are in an upgrade or a rollback that nothing disturbs.
    int statements(Program program) const { return m_statements[program]; }

    struct Trouble
    {
        Program program = Program::Upgrade;
        DatabaseFault fault;
        bool isResumed = false;            ///< gone on with; else rolled back
        std::function<void()> before = {}; ///< when the site has been put back
        std::function<void()> undo = {};   ///< after the program has ended
        QByteArray told = {};              ///< what the program must say; empty: anything
    };
    /// Puts the site back, runs the program into the trouble, then goes on or back. Empty, or what is
    /// wrong with how that ended.
    QString problemOf(const Trouble &trouble);

    /// Kills the server, or starts it again.
    void killServer() const;
    void startServer() const;
    /// As the server's administrator.
    void administer(const QString &statement) const;
    struct Ending
    {
        void operator()(QProcess *process) const;
    };
    using Session = std::unique_ptr<QProcess, Ending>;
    /// A session of the site's own account that has done the statements. It goes on until it is
    /// destroyed, or has done the rest.
    Session session(const QByteArray &statements, const QByteArray &rest = {}) const;

private:
    QString problemOfEnding(const Trouble &trouble) const;

    std::optional<FaultyProxy> m_proxy;
    KillableSite m_site;
    QMap<Program, int> m_statements;
};

} // namespace Banister
