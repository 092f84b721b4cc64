// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/checks.h"

#include "steps/functioncheck.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Banister {

void addCheck(Checks &checks,
              const std::shared_ptr<const MauticFacts> &facts,
              const QString &code,
              const QString &title,
              Finding (*ask)(const MauticFacts &, Monitor &))
{
    checks.push_back(std::make_unique<FunctionCheck>(
        code, title, [facts, ask](Monitor &monitor) { return ask(*facts, monitor); }));
}

Finding notFoundOut(const Failure &failure)
{
    const auto *error = std::get_if<Error>(&failure);
    if (!error)
        return blocked(QCoreApplication::translate("MauticChecks", "The check was cancelled."), {});
    auto finding = blocked(factsOf(*error).replace(u'\n', u' '),
                           QCoreApplication::translate("MauticChecks", "Explanation: %1")
                               .arg(error->root().code.toString()),
                           error->root().details);
    finding.error = *error;
    return finding;
}

Checks mauticChecks(const std::shared_ptr<const MauticFacts> &facts)
{
    Checks checks;
    addVersionCheck(facts, checks);
    // Where there is nothing to do, nothing else is worth a look.
    if (facts->site.major() >= 3)
        return checks;
    addFileChecks(facts, checks);
    addPackageChecks(facts, checks);
    addPhpChecks(facts, checks);
    addDatabaseChecks(facts, checks);
    addConfigurationChecks(facts, checks);
    return checks;
}

} // namespace Banister
