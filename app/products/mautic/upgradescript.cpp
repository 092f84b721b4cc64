// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/upgradescript.h"

#include "products/mautic/consoleoutput.h"
#include "products/mautic/mauticerror.h"

#include <QCoreApplication>
#include <QMetaEnum>
#include <QRegularExpression>

#include <array>

namespace Banister {

using namespace Qt::StringLiterals;

namespace {

/// Goes through the lines; each says what the state is from there on.
class ScriptReader
{
    Q_DECLARE_TR_FUNCTIONS(Banister::ScriptReport)
public:
    explicit ScriptReader(const QString &text)
        : m_lines(text.split('\n'_L1))
    {}

    ScriptReport read();

private:
    bool readMark(const QString &line);
    bool readFailure(qsizetype index);
    void readHeader(const QString &line);

    QStringList m_lines;
    ScriptReport m_report;
    bool m_isListing = false; ///< findings of the checks follow
};

struct Mark
{
    QLatin1StringView words;
    ScriptReport::State state;
    bool startsList;
};

/// The script's sentences (upgrade_v3.php of 2.16.5).
constexpr std::array Marks{
    Mark{
        QLatin1StringView("STARTING MAUTIC 3 UPGRADE AT"), ScriptReport::State::Interrupted, false},
    Mark{QLatin1StringView("Welcome to Phase 2"), ScriptReport::State::Interrupted, false},
    Mark{QLatin1StringView("errors occurred during pre-upgrade checks"),
         ScriptReport::State::BlockedByChecks,
         true},
    Mark{QLatin1StringView("warnings occurred during pre-upgrade checks"),
         ScriptReport::State::HasWarnings,
         true},
    Mark{QLatin1StringView("Finished pre-upgrade checks"), ScriptReport::State::Interrupted, false},
    Mark{QLatin1StringView("AGAIN TO START PHASE 2"), ScriptReport::State::FirstPhaseDone, false},
    Mark{QLatin1StringView("We're done! Enjoy using Mautic 3"),
         ScriptReport::State::Finished,
         false},
    Mark{QLatin1StringView("abort the upgrade now"), ScriptReport::State::Declined, false},
    Mark{QLatin1StringView("Mautic 3 upgrade complete"), ScriptReport::State::Finished, false},
    Mark{QLatin1StringView("Backup files successfully removed"),
         ScriptReport::State::BackupsRemoved,
         false},
};

bool ScriptReader::readMark(const QString &line)
{
    for (const Mark &mark : Marks) {
        if (!line.contains(mark.words))
            continue;
        m_report.state = mark.state;
        m_report.error.reset();
        m_isListing = mark.startsList;
        if (mark.startsList)
            m_report.findings.clear();
        return true;
    }
    return false;
}

bool ScriptReader::readFailure(qsizetype index)
{
    static const QRegularExpression failure(uR"(^(ERR_[A-Z0-9_]+): (.*)$)"_s);
    const auto match = failure.match(m_lines.at(index));
    if (!match.hasMatch())
        return false;
    bool isKnown = false;
    const int value = QMetaEnum::fromType<MauticError>().keyToValue(
        match.captured(1).toLatin1().constData(), &isKnown);
    if (!isKnown)
        return false;
    // The script prints and logs the same error several times: the first one counts.
    if (m_report.state != ScriptReport::State::Failed) {
        constexpr qsizetype Longest = 4000;
        const QString details = m_lines.mid(index).join('\n'_L1);
        m_report.error = Error{
            MauticError(value),
            tr("Mautic's own upgrade script stopped: %1").arg(withoutSecrets(match.captured(2))),
            withoutSecrets(details.right(Longest)),
            {}};
        m_report.state = ScriptReport::State::Failed;
    }
    return true;
}

void ScriptReader::readHeader(const QString &line)
{
    static const QRegularExpression header(uR"(^(Installed Mautic|PHP) version:\s+(\S+))"_s);
    const auto match = header.match(line);
    if (!match.hasMatch())
        return;
    const auto version = QVersionNumber::fromString(match.captured(2));
    (match.captured(1) == "PHP"_L1 ? m_report.php : m_report.installed) = version;
}

ScriptReport ScriptReader::read()
{
    static const QRegularExpression tags(u"<[^>]*>"_s);
    static const QRegularExpression activity(
        u"^(Doing|Starting|Backing|Getting|Applying|Downloading|Extracting|Preparing|Moving|"
        "Updating|Restoring|Cleaning|Building)\\b.*\\.\\.\\.( |$)"_s);
    for (qsizetype i = 0; i < m_lines.size(); ++i) {
        const QString line = m_lines.at(i).trimmed();
        if (readMark(line) || readFailure(i))
            continue;
        readHeader(line);
        if (m_isListing && line.startsWith("- "_L1)) {
            QString finding = line.mid(2);
            m_report.findings += finding.remove(tags);
        } else if (activity.match(line).hasMatch()) {
            // The log of the browser's way has no header.
            if (m_report.state == ScriptReport::State::Nothing)
                m_report.state = ScriptReport::State::Interrupted;
            if (m_report.state == ScriptReport::State::Interrupted)
                m_report.lastActivity = line;
        }
    }
    return m_report;
}

} // namespace

ScriptReport readUpgradeScript(const QByteArray &text)
{
    return ScriptReader(consoleText(text)).read();
}

} // namespace Banister
