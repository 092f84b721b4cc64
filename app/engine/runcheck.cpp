// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runcheck.h"

#include "engine/engineenums.h"

#include <QCoreApplication>

#include <exception>

namespace Banister {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(Check)
};

class CheckMonitor : public Monitor
{
public:
    CheckMonitor(const CancelFlag &cancel,
                 const std::function<void(const Progress &)> &report,
                 std::chrono::milliseconds limit)
        : m_cancel(cancel)
        , m_report(report)
        , m_end(std::chrono::steady_clock::now() + limit)
    {}
    void report(const Progress &progress) override
    {
        if (m_report)
            m_report(progress);
    }
    void log(const QString &) override {}
    bool isCancelRequested() const override { return m_cancel.isRequested() || isLate(); }
    bool isLate() const { return std::chrono::steady_clock::now() >= m_end; }

private:
    const CancelFlag &m_cancel;
    const std::function<void(const Progress &)> &m_report;
    const std::chrono::steady_clock::time_point m_end;
};

Finding unexpected(const Check &check, const QString &what)
{
    const ErrorCode code(EngineError::CheckThrew);
    return {Severity::Error,
            Texts::tr("The check %1 ended in an unexpected way, so its answer is not known.")
                .arg(check.code()),
            Texts::tr("Check again. If it fails again, send the report to the developers."),
            {},
            code.toString() + u'\n' + what};
}

Finding guarded(Check &check, Monitor &monitor)
{
    try {
        return check.run(monitor);
    } catch (const std::exception &exception) {
        return unexpected(check, QString::fromLocal8Bit(exception.what()));
    } catch (...) {
        return unexpected(check, {});
    }
}

} // namespace

std::optional<Finding> runCheck(Check &check,
                                const CancelFlag &cancel,
                                const std::function<void(const Progress &)> &report,
                                std::chrono::milliseconds limit)
{
    CheckMonitor monitor(cancel, report, limit);
    auto finding = guarded(check, monitor);
    if (cancel.isRequested())
        return {};
    // What a check says after it was asked to stop is not an answer.
    if (monitor.isLate())
        return Finding{Severity::Error,
                       Texts::tr("The check %1 has not come to an end within %n second(s).",
                                 nullptr,
                                 int(limit.count() / 1000))
                           .arg(check.code()),
                       Texts::tr("See whether the site's folder and its database answer, then "
                                 "check again."),
                       {},
                       finding.fact};
    return finding;
}

QList<CheckState> runChecks(const Checks &checks,
                            const CancelFlag &cancel,
                            const std::function<void(const CheckState &)> &known)
{
    auto states = statesOf(checks);
    for (qsizetype index = 0; index < states.size() && !cancel.isRequested(); ++index) {
        const auto finding = runCheck(*checks.at(size_t(index)), cancel);
        if (!finding)
            break;
        setFinding(states[index], *finding);
        if (known)
            known(states.at(index));
    }
    return states;
}

} // namespace Banister
