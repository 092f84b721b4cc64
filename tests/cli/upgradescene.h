// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/clirun.h"
#include "practice/mauticsite.h"
#include "practice/privateserver.h"
#include "support/treesnapshot.h"

#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <functional>
#include <optional>

namespace Banister {

/// A practice site in a path with spaces and letters beyond ASCII, with its server, that upgrades by
/// banister-cli fail on: built once for a test program, and put back as it was for each case.
///
/// Functions that return a text return what is wrong; an empty one: nothing.
class UpgradeScene
{
public:
    explicit UpgradeScene(const QString &parent = {}); ///< folder to build in; empty: the usual one
    ~UpgradeScene();
    Q_DISABLE_COPY_MOVE(UpgradeScene)

    QString build(const MauticSiteOptions &options = {.files = 320, .rows = 300});
    /// Files, database, grants, server and PHP as they were built; only that the migrations of Mautic 2
    /// are recorded, which saves calls of its console.
    QString reset();
    void reopenMigrations2() const;
    /// Puts the wrapper in its place that runs the site's PHP.
    QString writePhp() const;
    /// What was done to the site before this belongs to what the upgrade must not lose.
    void remember();
    /// Somebody else has changed this file of the site: it need not be as it was.
    void forget(const QByteArray &name);

    const PracticeSite &practice() const { return *m_site; }
    QString site(const QString &name = {}) const;
    /// Where its restore points are kept, and what stands there.
    QString points(const QString &name = {}) const;
    QString folder(const QString &name) const { return m_site->folder + '/' + name; }
    const QString &package() const { return m_site->packagePath; }
    QByteArray read(const QString &path) const;
    void write(const QString &path, const QByteArray &content) const;
    /// A script of sh, run to its end; what it printed where it failed.
    QString sh(const QString &script) const;

    /// By the server's own account, in the site's database; rows of the first column.
    QStringList sql(const QString &statement) const;
    /// Of each table its name, the number of its rows and a sum of all their values.
    QStringList tableSums() const;
    /// A script of sh that lets that account run a statement.
    QString sqlScript(const QString &statement) const;
    void killServer();
    void startServer();

    /// Scripts of sh that the site's PHP runs during an upgrade, before each of its calls and after it;
    /// the arguments are in "$@", the scene's folder in $here. "Somebody else, meanwhile".
    void beforePhp(const QString &script) const;
    void afterPhp(const QString &script) const;
    /// Options of PHP for its calls during an upgrade for which the script is true.
    void phpOptions(const QString &options, const QString &when) const;
    /// Holds the next upgrade up in its first call of PHP that fits, until letPhpGo().
    void holdPhp(const QString &pattern = QStringLiteral("*")) const;
    bool isPhpHeld() const;
    void letPhpGo() const;
    /// Neither scripts nor options.
    void plainPhp() const;
    QString phpCommand() const { return m_site->folder + "/php"; }

    QStringList upgradeArguments(const QStringList &more = {}) const;
    CliRun upgrade(const QStringList &more = {}) const { return runCli(upgradeArguments(more)); }
    CliRun retry(const QStringList &more = {}) const;

    /// Whether a run stopped as it should: status 1, this step, these codes, the explanation of the
    /// first in words, the same in `status`; and the site in the state that the explanation names.
    QString problemOfStop(const CliRun &run, const QString &step, const QStringList &codes);
    /// Whether all is done: twelve steps, version 3.0.2, the former files whole in the backup, no
    /// migration open, no secret in what was written.
    QString problemOfFinished(const CliRun &run);
    /// The site's own files against what they were.
    QString problemOfFiles() const;

private:
    QString problemOfSecrets(const QByteArray &also) const;
    QString problemOfFormerFiles() const;
    TreeSnapshot ownFiles(const QString &root) const;

    QTemporaryDir m_folder;
    std::optional<PracticeSite> m_site;
    std::optional<PrivateServer> m_server;
    MauticSiteOptions m_options;
    TreeSnapshot m_before;
    QList<QByteArray> m_forgotten;
};

/// Patterns of sh for calls of PHP: all of them, and those of consoles.
namespace ConsoleCall {
inline const QString Any = "*";
inline const QString Status2 = "*app/console*migrations:status*";
inline const QString Migrate2 = "*app/console*migrations:migrate*";
inline const QString Status3 = "*bin/console*migrations:status*";
inline const QString Migrate3 = "*bin/console*migrations:migrate*";
inline const QString CacheClear3 = "*bin/console*cache:clear*";
} // namespace ConsoleCall

/// A script for the calls that fit the pattern.
QString atCalls(const QString &pattern, const QString &script);
/// The same, for one of them only: the first is number 1.
QString atCall(int number, const QString &pattern, const QString &script);

/// Something done to a scene by a data row.
using SceneAct = std::function<void(UpgradeScene &)>;

/// The whole of a failure: the upgrade fails after the cause, and a retry finishes it after the cure.
struct SceneFailure
{
    QString step;
    QStringList codes;
    SceneAct cause;
    SceneAct cure;
    QStringList arguments = {}; ///< more of them for the upgrade
};
QString problemOf(UpgradeScene &scene, const SceneFailure &failure);

} // namespace Banister

Q_DECLARE_METATYPE(Banister::SceneFailure)
