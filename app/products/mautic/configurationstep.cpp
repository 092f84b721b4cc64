// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/durable.h"
#include "php/phparray.h"
#include "products/mautic/configchanges.h"
#include "products/mautic/mauticerror.h"
#include "products/mautic/upgradesteps.h"
#include "steps/framedstep.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr qint64 LargestConfiguration = 16LL * 1024 * 1024;

QString text(const char *sentence)
{
    return QCoreApplication::translate("MauticUpgrade", sentence);
}

Result<Outcome> updateConfiguration(const MauticUpgrade &upgrade, StepContext &context)
{
    const auto path = upgrade.path(upgrade.configuration);
    const auto bytes = readWhole(path, LargestConfiguration);
    if (!bytes)
        return bytes.failure();
    auto file = PhpArrayFile::parse(*bytes, path);
    if (!file)
        return file.failure();
    const auto changes = configurationChanges(*file);
    if (changes.isEmpty())
        return Outcome(Skipped{text("The configuration fits Mautic 3 already.")});
    QStringList keys;
    for (const auto &change : changes)
        keys.append(QString::fromUtf8(change.key));
    if (const auto noted =
            context.intend({{u"configuration"_s, path}, {u"keys"_s, keys.join(u' ')}});
        !noted)
        return noted.failure();
    applyConfigurationChanges(*file);
    if (const auto written = writeDurably(path, file->toPhp()); !written)
        return written.failure();
    context.log(u"Changed in %1: %2"_s.arg(upgrade.configuration, keys.join(u", "_s)));
    return Outcome(Done{
        QCoreApplication::translate("MauticUpgrade", "%n setting(s)", nullptr, int(keys.size()))});
}

} // namespace

std::unique_ptr<Step> updateLocalConfigStep(const MauticUpgradePtr &upgrade)
{
    StepFrame frame;
    frame.code = u"updateLocalConfig"_s;
    frame.title = text("Configuration");
    frame.intention =
        text("Changes the settings of %1 that Mautic 3 reads differently; the plan shows "
             "which. Everything else in the file stays as it is.")
            .arg(upgrade->configuration);
    frame.failure = MauticError::ERR_UPDATE_LOCAL_CONFIG;
    frame.failureFact = text("The configuration could not be changed.");
    return std::make_unique<FramedStep>(
        frame, [upgrade](StepContext &context) { return updateConfiguration(*upgrade, context); });
}

} // namespace Banister
