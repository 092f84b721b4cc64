// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/consoleverdict.h"

#include "php/phpfailure.h"
#include "products/mautic/consoleoutput.h"
#include "products/mautic/mauticerror.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <utility>

namespace Banister {

using namespace Qt::StringLiterals;

namespace {

/// The judgement on one command.
class Judge
{
    Q_DECLARE_TR_FUNCTIONS(Banister::ConsoleVerdict)
public:
    Judge(const ProcessResult &run, const QStringList &secrets)
        : m_run(run)
        , m_secrets(secrets)
    {}

    ConsoleVerdict version() const;
    ConsoleVerdict status() const;
    ConsoleVerdict migrate() const;
    ConsoleVerdict cacheClear() const;
    ConsoleVerdict schemaDump() const;
    ConsoleVerdict schemaForce() const;
    ConsoleVerdict schemaValidate() const;
    ConsoleVerdict updateFind() const;
    ConsoleVerdict updateApply(bool isFinish) const;
    ConsoleVerdict other() const;

private:
    static ConsoleVerdict succeeded() { return {}; }
    static ConsoleVerdict nothingToDo() { return {ConsoleVerdict::Outcome::NothingToDo}; }
    ConsoleVerdict failed(MauticConsoleError code, const QString &fact) const;
    /// For a command that ended with an error of PHP or of the console.
    ConsoleVerdict commandFailed() const;
    ConsoleVerdict unreadable(const QString &missing) const;
    ConsoleVerdict nothingRun() const;
    QString details() const;
    /// Behind the sentence on the exit status: what the outermost exception says.
    QString said() const;

    /// What people may see of a text.
    QString clean(const QString &text) const;

    const ProcessResult &m_run;
    const QStringList &m_secrets;
};

QString Judge::clean(const QString &text) const
{
    QString result = withoutSecrets(text);
    for (const QString &secret : m_secrets) {
        if (!secret.isEmpty())
            result.replace(secret, "***"_L1);
    }
    return result;
}

QString Judge::details() const
{
    // What was printed last tells why, lists of a hundred versions stand before it; of the errors
    // the first one, traces follow it.
    constexpr qsizetype Longest = 3000;
    QString text = consoleText(m_run.standardOutput).trimmed();
    QString errors = consoleText(m_run.standardError).trimmed();
    if (text.size() > Longest)
        text = u"[…]\n"_s + text.right(Longest);
    if (errors.size() > Longest)
        errors = errors.left(Longest) + u"\n[…]"_s;
    if (!text.isEmpty() && !errors.isEmpty())
        text += "\n\n"_L1;
    return clean(text + errors);
}

QString Judge::said() const
{
    const QStringList boxes = errorBoxes(m_run.standardError);
    return boxes.isEmpty() ? QString() : clean(boxes.first());
}

ConsoleVerdict Judge::failed(MauticConsoleError code, const QString &fact) const
{
    Error error{code, fact, details(), {}};
    std::optional<Error> cause = recognisePhpFailure(m_run, m_secrets);
    const QString plugin = pluginBlamed(m_run);
    if (!plugin.isEmpty() && code != MauticConsoleError::MigrationFailed) {
        Error blame{MauticConsoleError::PluginBreaksConsole,
                    tr("The plugin %1 does not work with this version of Mautic: the console stops "
                       "while it loads it.")
                        .arg(plugin),
                    said(),
                    {}};
        cause = cause ? std::move(blame).because(*std::move(cause)) : std::move(blame);
    }
    if (cause)
        error = std::move(error).because(*std::move(cause));
    return {ConsoleVerdict::Outcome::Failed, error};
}

ConsoleVerdict Judge::commandFailed() const
{
    const QString reason = said().section('\n'_L1, 0, 0);
    if (reason.isEmpty()) {
        return failed(MauticConsoleError::CommandFailed,
                      tr("The console ended with exit status %1.").arg(m_run.exitCode));
    }
    return failed(MauticConsoleError::CommandFailed,
                  tr("The console ended with exit status %1: %2").arg(m_run.exitCode).arg(reason));
}

ConsoleVerdict Judge::unreadable(const QString &missing) const
{
    return failed(MauticConsoleError::UnreadableOutput, missing);
}

ConsoleVerdict Judge::nothingRun() const
{
    return failed(MauticConsoleError::NothingRun,
                  tr("The command asked a question, got no answer, and did nothing."));
}

ConsoleVerdict Judge::version() const
{
    if (m_run.exitCode != 0)
        return commandFailed();
    if (parseConsoleVersion(m_run.standardOutput).isNull())
        return unreadable(tr("The console ran, but named no version."));
    return succeeded();
}

ConsoleVerdict Judge::status() const
{
    if (m_run.exitCode != 0)
        return commandFailed();
    if (!parseStatus(m_run.standardOutput))
        return unreadable(tr("The console ran, but did not say how many migrations are new."));
    return succeeded();
}

ConsoleVerdict Judge::migrate() const
{
    const MigrateOutput output = parseMigrate(m_run.standardOutput, m_run.standardError);
    if (output.failure) {
        const MigrationFailure &failure = *output.failure;
        const QString message = clean(failure.message.section('\n'_L1, 0, 0));
        return failed(MauticConsoleError::MigrationFailed,
                      tr("Migration %1 failed: %2").arg(failure.version, message));
    }
    if (output.isAborted)
        return nothingRun();
    // Mautic 3 ends with 1 here, Mautic 2 with 0.
    if (output.isNothingToDo && output.started.isEmpty())
        return nothingToDo();
    if (m_run.exitCode == 0) {
        if (output.isFinished)
            return succeeded();
        return unreadable(tr("The console ran, but did not say that the migrations are finished."));
    }
    if (!output.started.isEmpty() && !output.isFinished) {
        return failed(MauticConsoleError::MigrationFailed,
                      tr("The console ended with exit status %1 during migration %2.")
                          .arg(m_run.exitCode)
                          .arg(output.started.last()));
    }
    return commandFailed();
}

ConsoleVerdict Judge::cacheClear() const
{
    if (m_run.exitCode == 0 && saysCacheCleared(m_run.standardOutput))
        return succeeded();
    if (m_run.exitCode == 0) {
        return failed(MauticConsoleError::CacheNotBuilt,
                      tr("The console ran, but did not say that the cache was cleared."));
    }
    const QString reason = said().section('\n'_L1, 0, 0);
    return failed(MauticConsoleError::CacheNotBuilt,
                  reason.isEmpty()
                      ? tr("Building the cache ended with exit status %1.").arg(m_run.exitCode)
                      : tr("Building the cache ended with exit status %1: %2")
                            .arg(m_run.exitCode)
                            .arg(reason));
}

ConsoleVerdict Judge::schemaDump() const
{
    if (m_run.exitCode != 0)
        return commandFailed();
    const SchemaDump dump = parseSchemaDump(m_run.standardOutput);
    if (!dump.statements.isEmpty())
        return succeeded();
    if (dump.saysInSync)
        return nothingToDo();
    return unreadable(tr("The console ran, but listed no statements."));
}

ConsoleVerdict Judge::schemaForce() const
{
    const std::optional<int> queries = parseSchemaForce(m_run.standardOutput);
    if (m_run.exitCode == 0 && queries)
        return *queries == 0 ? nothingToDo() : succeeded();
    if (m_run.exitCode == 0)
        return unreadable(tr("The console ran, but did not say how many statements it executed."));
    // The last line of the exception is the server's.
    const QString reason = said().section('\n'_L1, -1);
    return failed(MauticConsoleError::SchemaUpdateFailed,
                  reason.isEmpty()
                      ? tr("The schema update ended with exit status %1.").arg(m_run.exitCode)
                      : tr("The schema update stopped at a statement: %1").arg(reason));
}

ConsoleVerdict Judge::schemaValidate() const
{
    // The exit status is a sum of findings (1: mapping, 2: database), 3 on a healthy Mautic.
    static const QRegularExpression heading(uR"(^\s*\[?Mapping\b)"_s,
                                            QRegularExpression::MultilineOption);
    constexpr int AllFindings = 3;
    if (m_run.exitCode >= 0 && m_run.exitCode <= AllFindings
        && heading.match(consoleText(m_run.standardOutput)).hasMatch())
        return succeeded();
    return m_run.exitCode == 0
               ? unreadable(tr("The console ran, but said nothing about the schema."))
               : commandFailed();
}

ConsoleVerdict Judge::updateFind() const
{
    if (m_run.exitCode != 0)
        return commandFailed();
    const UpdateFind found = parseUpdateFind(m_run.standardOutput);
    switch (found.kind) {
    case UpdateFind::Kind::Offered:
        return succeeded();
    case UpdateFind::Kind::UpToDate:
        return nothingToDo();
    case UpdateFind::Kind::Failed:
        return failed(MauticConsoleError::UpdateCheckFailed,
                      tr("Mautic could not ask for updates: %1").arg(clean(found.message)));
    case UpdateFind::Kind::Unknown:
        break;
    }
    return unreadable(tr("The console ran, but did not say whether there is an update."));
}

ConsoleVerdict Judge::updateApply(bool isFinish) const
{
    const UpdateApply output = parseUpdateApply(m_run.standardOutput, m_run.standardError);
    const bool isDone =
        output.kind == UpdateApply::Kind::Applied || output.kind == UpdateApply::Kind::NeedsFinish;
    if (isDone && m_run.exitCode == 0)
        return succeeded();
    if (output.kind == UpdateApply::Kind::Aborted)
        return nothingRun();
    const QString message = clean(output.message.section('\n'_L1, 0, 0));
    if (output.kind == UpdateApply::Kind::Refused && !isFinish) {
        return failed(MauticConsoleError::UpdateRefused,
                      tr("Mautic refused the update: %1").arg(message));
    }
    if (output.steps.isEmpty()) {
        return m_run.exitCode == 0
                   ? unreadable(tr("The console ran, but did not start the update."))
                   : commandFailed();
    }
    if (message.isEmpty()) {
        return failed(MauticConsoleError::UpdateStopped,
                      tr("The update ended with exit status %1 at its step %2, \"%3\".")
                          .arg(m_run.exitCode)
                          .arg(output.steps.size())
                          .arg(output.steps.last()));
    }
    return failed(MauticConsoleError::UpdateStopped,
                  tr("The update stopped in the middle: %1").arg(message));
}

ConsoleVerdict Judge::other() const
{
    return m_run.exitCode == 0 ? succeeded() : commandFailed();
}

} // namespace

QString pluginBlamed(const ProcessResult &result)
{
    static const QRegularExpression className(uR"(\bMauticPlugin\\+(\w+)\\)"_s);
    static const QRegularExpression path(uR"([/\\]plugins[/\\](\w+Bundle)[/\\])"_s);
    static const QRegularExpression fatal(uR"(^(?:PHP )?(?:Fatal|Parse) error:)"_s);
    QStringList blamed = errorBoxes(result.standardError);
    // Notices about plugins that go on working stand there as well: fatal ones only.
    for (const QByteArray &text : {result.standardError, result.standardOutput}) {
        for (const QString &line : consoleText(text).split('\n'_L1)) {
            if (fatal.match(line).hasMatch())
                blamed += line;
        }
    }
    for (const QString &text : std::as_const(blamed)) {
        for (const QRegularExpression &pattern : {className, path}) {
            if (const auto match = pattern.match(text); match.hasMatch())
                return match.captured(1);
        }
    }
    return {};
}

QStringList consoleArguments(ConsoleCommand command)
{
    const QStringList served{u"--no-interaction"_s, u"--env=prod"_s, u"--no-debug"_s};
    switch (command) {
    case ConsoleCommand::Version:
        return {u"--version"_s};
    case ConsoleCommand::MigrationStatus:
        return QStringList{u"doctrine:migrations:status"_s} + served;
    case ConsoleCommand::MigrationVersions:
        return QStringList{u"doctrine:migrations:status"_s, u"--show-versions"_s} + served;
    case ConsoleCommand::MigrateNext:
        return QStringList{u"doctrine:migrations:migrate"_s, u"next"_s} + served;
    case ConsoleCommand::MigrateAll:
        return QStringList{u"doctrine:migrations:migrate"_s} + served;
    case ConsoleCommand::CacheClear:
        return QStringList{u"cache:clear"_s} + served;
    case ConsoleCommand::SchemaDump:
        return QStringList{u"doctrine:schema:update"_s, u"--dump-sql"_s} + served;
    case ConsoleCommand::SchemaForce:
        return QStringList{u"doctrine:schema:update"_s, u"--force"_s} + served;
    case ConsoleCommand::SchemaValidate:
        return QStringList{u"doctrine:schema:validate"_s} + served;
    case ConsoleCommand::UpdateFind:
        return QStringList{u"mautic:update:find"_s} + served;
    case ConsoleCommand::UpdateApply:
        return QStringList{u"mautic:update:apply"_s, u"--force"_s} + served;
    case ConsoleCommand::UpdateFinish:
        return QStringList{u"mautic:update:apply"_s, u"--finish"_s, u"--force"_s} + served;
    case ConsoleCommand::Other:
        break;
    }
    return {};
}

ConsoleVerdict
judge(ConsoleCommand command, const ProcessResult &result, const QStringList &secrets)
{
    const Judge bench(result, secrets);
    switch (command) {
    case ConsoleCommand::Version:
        return bench.version();
    case ConsoleCommand::MigrationStatus:
    case ConsoleCommand::MigrationVersions:
        return bench.status();
    case ConsoleCommand::MigrateNext:
    case ConsoleCommand::MigrateAll:
        return bench.migrate();
    case ConsoleCommand::CacheClear:
        return bench.cacheClear();
    case ConsoleCommand::SchemaDump:
        return bench.schemaDump();
    case ConsoleCommand::SchemaForce:
        return bench.schemaForce();
    case ConsoleCommand::SchemaValidate:
        return bench.schemaValidate();
    case ConsoleCommand::UpdateFind:
        return bench.updateFind();
    case ConsoleCommand::UpdateApply:
    case ConsoleCommand::UpdateFinish:
        return bench.updateApply(command == ConsoleCommand::UpdateFinish);
    case ConsoleCommand::Other:
        break;
    }
    return bench.other();
}

} // namespace Banister
