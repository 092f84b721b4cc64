// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/consoleoutput.h"

#include <QRegularExpression>

namespace Banister {

using namespace Qt::StringLiterals;

namespace {

/// Without the messages that PHP puts before the command's own words.
QString withoutNotices(const QString &text)
{
    static const QRegularExpression notice(uR"(^(?:PHP )?(?:Warning|Notice|Deprecated): .*\n?)"_s,
                                           QRegularExpression::MultilineOption);
    QString result = text;
    return result.remove(notice).trimmed();
}

} // namespace

UpdateFind parseUpdateFind(const QByteArray &output)
{
    // The English texts of 2.16 and 3.x (CoreBundle/Translations/en_US/messages.ini).
    static const QRegularExpression version(uR"(\b(\d+\.\d+\.\d+)\b)"_s);
    UpdateFind found;
    found.message = withoutNotices(consoleText(output));
    // An address of the announcement may hold digits too: the offer is in the first line.
    const QString first = found.message.section('\n'_L1, 0, 0);
    if (found.message.contains("running the current version"_L1)
        || found.message.contains("running the latest version"_L1)) {
        found.kind = UpdateFind::Kind::UpToDate;
    } else if (const auto match = version.match(first); match.hasMatch()) {
        found.kind = UpdateFind::Kind::Offered;
        found.version = QVersionNumber::fromString(match.captured(1));
        found.isForMajorUpgrade = found.message.contains("upgrade_v3.php"_L1);
    } else if (found.message.contains("error occurred while checking for updates"_L1)) {
        found.kind = UpdateFind::Kind::Failed;
    }
    return found;
}

UpdateApply parseUpdateApply(const QByteArray &output, const QByteArray &standardError)
{
    static const QRegularExpression step(uR"(^Step +\d+ \[[^\]]*\] *(.*)$)"_s);
    UpdateApply result;
    QStringList rest;
    for (const QString &line : withoutNotices(consoleText(output)).split('\n'_L1)) {
        if (const auto match = step.match(line); match.hasMatch()) {
            result.steps += match.captured(1).trimmed();
            rest.clear();
        } else if (!line.trimmed().isEmpty()) {
            rest += line.trimmed();
        }
    }
    result.message = rest.join('\n'_L1);
    // The tags stand in the output of 3.0.2, whose console does not know the style.
    result.message.remove(QRegularExpression(u"</?(?:warning|error|info|comment)>"_s));

    for (const QString &box : errorBoxes(standardError)) {
        if (box == "Aborted"_L1 || box == "Aborted."_L1) {
            result.kind = UpdateApply::Kind::Aborted;
            return result;
        }
        if (result.message.isEmpty())
            result.message = box;
    }
    // Sentences are in the site's language, so it is their place that counts: a success has no
    // words after its last step, but for the hint that names the option.
    result.haveMigrationsFailed = result.message.contains("updating the database"_L1);
    constexpr qsizetype StepsBeforeChanges = 3; // loading (and fetching), validating, extracting
    if (result.steps.isEmpty()) {
        if (result.message == "Update aborted."_L1)
            result.kind = UpdateApply::Kind::Aborted;
        else if (!result.message.isEmpty())
            result.kind = UpdateApply::Kind::Refused;
    } else if (result.message.contains("--finish"_L1)) {
        result.kind = UpdateApply::Kind::NeedsFinish;
    } else if (!result.message.isEmpty()) {
        const bool isFinish = result.steps.size() <= 2 && result.haveMigrationsFailed;
        result.kind = result.steps.size() < StepsBeforeChanges && !isFinish
                          ? UpdateApply::Kind::Refused
                          : UpdateApply::Kind::Stopped;
    } else if (result.steps.size() >= 2) {
        result.kind = UpdateApply::Kind::Applied;
    }
    return result;
}

} // namespace Banister
