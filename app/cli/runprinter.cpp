// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/runprinter.h"

#include <QCoreApplication>
#include <QLocale>

#include <cstdio>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("BanisterCli", sentence);
}

template<typename... Handlers>
struct Overloaded : Handlers...
{
    using Handlers::operator()...;
};
template<typename... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

} // namespace

RunPrinter::RunPrinter(const Output &output)
    : m_output(output)
    , m_isTerminal(::isatty(STDERR_FILENO) != 0)
{}

QString RunPrinter::lineOf(const StepCode &code) const
{
    for (qsizetype index = 0; index < m_state.steps.size(); ++index) {
        if (const auto &step = m_state.steps.at(index); step.code == code) {
            constexpr int Column = 22;
            return u"[%1/%2] %3 %4"_s.arg(QString::number(index + 1).rightJustified(2),
                                          QString::number(m_state.steps.size()),
                                          code.leftJustified(Column),
                                          step.title);
        }
    }
    return code;
}

void RunPrinter::clearLine()
{
    if (m_hasProgress)
        std::fputs("\r\033[K", stderr);
    m_hasProgress = false;
}

void RunPrinter::runStarted(const RunState &state)
{
    m_state = state;
    m_output.say(state.title);
    for (const auto &step : state.steps) {
        if (step.state == StepState::Done || step.state == StepState::Skipped)
            m_output.say(lineOf(step.code) + u": "_s + text("done before"));
    }
    m_output.json({{u"event"_s, u"runStarted"_s}, {u"run"_s, state.id}, {u"kind"_s, state.kind}});
}

void RunPrinter::stepStarted(const StepCode &code, int attempt)
{
    m_timer.start();
    m_output.json({{u"event"_s, u"stepStarted"_s}, {u"step"_s, code}, {u"attempt"_s, attempt}});
}

void RunPrinter::progressed(const StepCode &code,
                            const Progress &progress,
                            const OverallProgress &overall)
{
    m_output.json({{u"event"_s, u"progress"_s},
                   {u"step"_s, code},
                   {u"done"_s, progress.done},
                   {u"total"_s, progress.total},
                   {u"text"_s, progress.text},
                   {u"overall"_s, overall.fraction}});
    if (!m_isTerminal || m_output.isJson())
        return;
    constexpr int Width = 76;
    constexpr int Hundred = 100;
    auto line = u"%1 % %2 %3"_s.arg(
        QString::number(int(overall.fraction * Hundred)).rightJustified(3), code, progress.text);
    std::fputs(("\r\033[K" + line.left(Width).toUtf8()).constData(), stderr);
    m_hasProgress = true;
}

void RunPrinter::stepEnded(const StepCode &code, const Outcome &outcome)
{
    clearLine();
    constexpr double MsPerSecond = 1000;
    const auto seconds = double(m_timer.elapsed()) / MsPerSecond;
    QJsonObject json{{u"event"_s, u"stepEnded"_s}, {u"step"_s, code}, {u"seconds"_s, seconds}};
    const auto [word, detail] = std::visit(
        Overloaded{[](const Done &done) { return std::pair(u"done"_s, done.summary); },
                   [](const Skipped &skipped) { return std::pair(u"skipped"_s, skipped.reason); },
                   [](const Cancelled &) { return std::pair(u"cancelled"_s, QString()); },
                   [&json](const Error &error) {
                       json.insert(u"error"_s, error.toJson());
                       return std::pair(u"failed"_s, error.fact);
                   }},
        outcome);
    json.insert(u"outcome"_s, word);
    json.insert(u"text"_s, detail);
    m_output.json(json);
    const bool isLong = detail.contains(u'\n');
    auto line = lineOf(code) + u": "_s + word;
    if (!detail.isEmpty() && !isLong)
        line += u" ("_s + detail + u')';
    m_output.say(line + u", "_s + QLocale().toString(seconds, 'f', 1) + u" s"_s);
    if (isLong) {
        const auto parts = detail.split(u'\n');
        for (const auto &part : parts)
            m_output.say(u"  - "_s + part);
    }
}

void RunPrinter::runEnded(const RunEnd &end)
{
    clearLine();
    const auto ending =
        QString::fromLatin1(QMetaEnum::fromType<Ending>().valueToKey(int(end.ending)));
    m_output.json(
        {{u"event"_s, u"runEnded"_s}, {u"ending"_s, ending.toLower()}, {u"step"_s, end.step}});
}

} // namespace Banister
