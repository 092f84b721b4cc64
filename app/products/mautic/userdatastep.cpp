// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/copytree.h"
#include "files/durable.h"
#include "files/remove.h"
#include "products/mautic/bundled.h"
#include "products/mautic/console.h"
#include "products/mautic/mauticerror.h"
#include "products/mautic/ownfiles.h"
#include "products/mautic/siteconfiguration.h"
#include "products/mautic/upgradesteps.h"
#include "steps/framedstep.h"
#include "steps/topentries.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("MauticUpgrade", sentence);
}

/// Copies what is the person's out of the former files. These stay whole: they are the way back.
class UserData
{
public:
    UserData(const MauticUpgrade &upgrade, StepContext &context)
        : m_upgrade(upgrade)
        , m_context(context)
        , m_former(upgrade.formerFiles())
    {}

    Result<Outcome> run();

private:
    Result<> bringItems(const QList<BringOverItem> &items);
    Result<> testPlugin(const BringOverItem &item, const QByteArray &name);
    Result<> bringHtaccess();
    Result<> bringSpool();

    const MauticUpgrade &m_upgrade;
    StepContext &m_context;
    QString m_former;
    QStringList m_setAside;
    QStringList m_toLookAt;
    int m_copied = 0;
};

// One plugin that does not load keeps the whole console, and with it the site, from starting.
Result<> UserData::testPlugin(const BringOverItem &item, const QByteArray &name)
{
    const auto console =
        MauticConsole::open(m_upgrade.settings, MauticConsole::Generation::Mautic3);
    if (!console)
        return console.failure();
    const auto with = console->run(ConsoleCommand::CacheClear, m_context);
    if (!with)
        return with.failure();
    if (!with->verdict.isFailed())
        return Success;
    if (const auto removed = removeTree(m_upgrade.path(QFile::decodeName(item.path)), m_context);
        !removed)
        return removed.failure();
    // A console that fails without the plugin as well has another trouble.
    const auto without = console->run(ConsoleCommand::CacheClear, m_context);
    if (!without)
        return without.failure();
    if (without->verdict.isFailed())
        return *without->verdict.error;
    const auto plugin = QString::fromUtf8(name);
    m_context.log(
        u"WARNING: the console does not start with the plugin %1, it is set aside; it stays "
        "in %2. The console said: %3"_s.arg(
            plugin, m_former + u"/plugins/"_s + plugin, factsOf(*with->verdict.error)));
    m_setAside.append(plugin);
    return Success;
}

Result<> UserData::bringItems(const QList<BringOverItem> &items)
{
    QList<BringOverItem> files;
    QList<BringOverItem> plugins;
    for (const auto &item : items) {
        const auto name = QFile::decodeName(item.path);
        if (item.fate == BringOverFate::NeedsALook) {
            m_toLookAt.append(name);
            m_context.log(u"To look at, kept in the backup: %1. %2"_s.arg(name, item.reason));
            continue;
        }
        (pluginName(item).isEmpty() ? files : plugins).append(item);
        m_context.log(u"Brought over: "_s + name);
        ++m_copied;
    }
    if (const auto copied = bringOver(m_former, m_upgrade.site(), files, m_context); !copied)
        return copied.failure();
    for (const auto &item : plugins) {
        if (m_context.isCancelRequested())
            return Cancelled{};
        m_context.report(
            {0, 0, text("Testing the plugin %1").arg(QString::fromUtf8(pluginName(item)))});
        if (const auto copied = bringOver(m_former, m_upgrade.site(), {item}, m_context); !copied)
            return copied.failure();
        if (const auto tested = testPlugin(item, pluginName(item)); !tested)
            return tested.failure();
    }
    return Success;
}

// The person's rules stay in force; those of the release are kept beside them, as Mautic's own
// script does.
Result<> UserData::bringHtaccess()
{
    const QByteArray name = ".htaccess";
    if (!entryStands(m_former, name))
        return Success;
    const auto aside = m_upgrade.path(Mautic::Names::NewHtaccess);
    if (entryStands(m_upgrade.site(), name) && !QFileInfo::exists(aside)) {
        constexpr qint64 Longest = 16LL * 1024 * 1024;
        const auto rules = readWhole(m_upgrade.path(u".htaccess"_s), Longest);
        if (!rules || !writeDurably(aside, *rules))
            m_context.log(u"WARNING: %1 could not be written"_s.arg(aside));
    }
    return bringOver(
        m_former, m_upgrade.site(), {{name, BringOverFate::Copied, false, {}}}, m_context);
}

Result<> UserData::bringSpool()
{
    if (m_upgrade.spool.isEmpty())
        return Success;
    const auto source = m_former + u'/' + m_upgrade.spool;
    if (!QFileInfo(source).isDir())
        return Success;
    const auto configuration = configurationOf(m_upgrade.site());
    if (!configuration)
        return configuration.failure();
    const auto target = configuration->mailSpoolPath();
    if (target.isEmpty() || !QDir().mkpath(target))
        return Success;
    CopyOptions options;
    options.existing = Existing::Keep;
    const auto copied = copyTree(source, target, options, m_context);
    if (!copied)
        return copied.failure();
    logDifferences(*copied, m_context);
    m_context.log(u"Waiting mails brought over: "_s + target);
    return Success;
}

Result<Outcome> UserData::run()
{
    auto package = m_upgrade.packageFile();
    if (const auto moved = m_former + u'/' + Mautic::Names::Package; QFileInfo::exists(moved))
        package = moved;
    const auto request = mauticOwnFiles(m_former, package, m_upgrade.settings.originalPackage);
    if (!request)
        return request.failure();
    const auto items = findOwnFiles(*request, m_context);
    if (!items)
        return items.failure();
    if (const auto noted = m_context.intend({{u"bringsOver"_s, items->size()}}); !noted)
        return noted.failure();
    if (const auto brought = bringItems(*items); !brought)
        return brought.failure();
    if (const auto brought = bringHtaccess(); !brought)
        return brought.failure();
    if (const auto brought = bringSpool(); !brought)
        return brought.failure();
    auto summary =
        QCoreApplication::translate("MauticUpgrade", "%Ln item(s) brought over", nullptr, m_copied);
    if (!m_setAside.isEmpty())
        summary += u"; "_s + text("set aside: %1").arg(m_setAside.join(u", "_s));
    if (!m_toLookAt.isEmpty())
        summary += u"; "_s
                   + QCoreApplication::translate(
                       "MauticUpgrade", "%n to look at", nullptr, int(m_toLookAt.size()));
    return Outcome(Done{summary});
}

} // namespace

std::unique_ptr<Step> restoreUserDataStep(const MauticUpgradePtr &upgrade)
{
    StepFrame frame;
    frame.code = u"restoreUserData"_s;
    frame.title = text("Your files");
    frame.intention =
        text("Copies your plugins, themes, media, translations and other files over, and "
             "tests each plugin. The backup stays complete.");
    frame.weight = 10'000'000 + upgrade->fileBytes / 3;
    frame.failure = MauticError::ERR_RESTORE_USER_DATA_FAILED;
    frame.failureFact = text("Your files could not be brought over completely.");
    return std::make_unique<FramedStep>(
        frame, [upgrade](StepContext &context) { return UserData(*upgrade, context).run(); });
}

} // namespace Banister
