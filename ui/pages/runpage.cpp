// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runpage.h"

#include "base/errorcatalogue.h"
#include "ui/style/style.h"
#include "ui/support/wording.h"
#include "ui/widgets/explanationview.h"
#include "ui/widgets/lineview.h"
#include "ui/widgets/messagebanner.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr int BarSteps = 1000;

} // namespace

RunPage::RunPage(const ErrorCatalogue &catalogue, QWidget *parent)
    : Page(tr("Run", "@title"), parent)
    , m_position(Style::label({}, Style::Text::Body, this))
    , m_bar(new QProgressBar(this))
    , m_view(new LineView(tr("Checklist"), this))
    , m_detail(new ExplanationView(catalogue, this))
    , m_log(new QPlainTextEdit(this))
{
    m_bar->setRange(0, BarSteps);
    m_bar->setTextVisible(false);
    m_bar->setMaximumHeight(Style::Gap + 2);
    m_bar->setAccessibleName(tr("Progress of the whole run"));
    m_view->setObjectName(u"checklist"_s);
    m_view->setModel(&m_model);
    constexpr int TailLines = 2000;
    constexpr int TailHeight = 110;
    m_log->setObjectName(u"logTail"_s);
    m_log->setReadOnly(true);
    m_log->setTabChangesFocus(true);
    m_log->setMaximumBlockCount(TailLines);
    m_log->setFont(Style::font(Style::Text::Code));
    m_log->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_log->setAccessibleName(tr("Newest lines of the log"));
    m_log->setPlaceholderText(tr("The newest lines of the upgrade log appear here."));

    auto *side = new QWidget(this);
    auto *sideLayout = new QVBoxLayout(side);
    sideLayout->setContentsMargins(0, 0, 0, 0);
    m_copy = new QPushButton(Style::icon(u"copy"_s), tr("Copy &details", "@action"), side);
    m_copy->setObjectName(u"copyDetails"_s);
    sideLayout->addWidget(m_detail, 1);
    sideLayout->addWidget(m_copy, 0, Qt::AlignTrailing);

    auto *upper = new QSplitter(this);
    upper->setChildrenCollapsible(false);
    upper->addWidget(m_view);
    upper->addWidget(side);
    constexpr int Wide = 440;
    upper->setSizes({Wide, Wide});
    auto *whole = new QSplitter(Qt::Vertical, this);
    whole->setChildrenCollapsible(false);
    whole->addWidget(upper);
    whole->addWidget(m_log);
    whole->setStretchFactor(0, 1);
    whole->setSizes({TailHeight * 4, TailHeight});
    body()->addWidget(m_position);
    body()->addWidget(m_bar);
    body()->addWidget(whole, 1);

    m_pause = addAside(tr("&Pause after this step", "@action"), u"pause"_s, u"pauseRun"_s);
    m_pause->setCheckable(true);
    m_stop = addAside(tr("&Stop", "@action"), u"stop"_s, u"stopRun"_s);
    m_stop->setToolTip(tr("Stops where it is safe. You can go on or roll back afterwards."));
    m_skip = addAside(tr("S&kip this step", "@action"), u"skipped"_s, u"skipStep"_s);
    m_rollback = addOnward(tr("Roll &back…", "@action"), u"rollback"_s, u"rollBack"_s);
    m_retry = addOnward(tr("&Retry", "@action"), u"refresh"_s, u"retry"_s);

    connect(m_view, &LineView::currentRowChanged, this, &RunPage::showCurrent);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_detail->plainReport());
    });
    connect(m_pause, &QPushButton::toggled, this, [this](bool isOn) {
        if (!m_controller)
            return;
        if (isOn)
            m_controller->pauseAfterStep();
        else
            m_controller->dontPause();
    });
    connect(m_stop, &QPushButton::clicked, this, &RunPage::stop);
    connect(m_skip, &QPushButton::clicked, this, &RunPage::askToSkip);
    connect(m_rollback, &QPushButton::clicked, this, &RunPage::rollbackWanted);
    connect(m_retry, &QPushButton::clicked, this, &RunPage::go);
    connect(&m_clock, &QTimer::timeout, this, [this] {
        m_model.tick();
        showCurrent();
    });
    m_clock.setInterval(std::chrono::seconds(1));
    updateButtons();
}

RunPage::~RunPage() = default;

bool RunPage::standsHalfway() const
{
    return m_end && m_end->ending != Ending::Finished && m_end->ending != Ending::Abandoned;
}

std::shared_ptr<Session> RunPage::leave()
{
    Q_ASSERT(!isRunning());
    auto held = m_controller ? m_controller->takeSession() : nullptr;
    m_controller.reset();
    m_overall = {};
    m_end.reset();
    m_log->clear();
    m_lines.clear();
    m_running.clear();
    m_model.setRun({});
    m_detail->showNothing();
    banner().hide();
    setTitle(tr("Run", "@title"));
    updateOverall();
    updateButtons();
    return held;
}

void RunPage::prepare(const QString &title, bool isRollback, RunController::Opener open)
{
    // The former run, if it still holds the site, has to let go of it before this one can have it.
    m_controller = std::make_unique<RunController>(
        [held = leave(), open = std::move(open)]() mutable -> Result<std::shared_ptr<Session>> {
            held.reset();
            return open();
        });
    m_isRollback = isRollback;
    setTitle(title);
    auto *controller = m_controller.get();
    connect(controller, &RunController::opened, this, [this](const RunState &state) {
        m_model.setRun(state);
        setTitle(state.title);
        m_view->setCurrentIndex(m_model.index(m_model.currentRow()));
        updateOverall();
        updateButtons();
    });
    connect(controller,
            &RunController::stateChanged,
            this,
            [this](const StepCode &step, StepState state, const Error &error, const QString &text) {
                m_model.setState(step, state, error, text);
                m_running = step;
                if (state == StepState::Running || state == StepState::Failed)
                    m_view->setCurrentIndex(m_model.index(m_model.rowOf(step)));
                showCurrent();
                updateOverall();
            });
    connect(controller,
            &RunController::progressed,
            this,
            [this](const StepCode &step, const Progress &progress, const OverallProgress &overall) {
                m_model.setProgress(step, progress);
                m_overall = overall;
                updateOverall();
            });
    connect(controller, &RunController::logged, this, &RunPage::takeLines);
    connect(controller, &RunController::finished, this, &RunPage::end);
}

void RunPage::takeLines(const QStringList &lines, qint64 dropped)
{
    if (dropped > 0)
        m_log->appendPlainText(tr("… %Ln line(s) are only in the log …", nullptr, int(dropped)));
    // Where a bar for wide lines appears, the view by itself is at the end no more.
    auto *bar = m_log->verticalScrollBar();
    const bool follows = bar->value() >= bar->maximum() - 1;
    m_log->appendPlainText(lines.join(u'\n'));
    if (follows)
        bar->setValue(bar->maximum());
    constexpr qsizetype Most = 200;
    auto &known = m_lines[m_running];
    known.append(lines);
    if (known.size() > Most)
        known.remove(0, known.size() - Most);
}

void RunPage::start(const QString &title, bool isRollback, RunController::Opener open)
{
    prepare(title, isRollback, std::move(open));
    go();
}

void RunPage::showStopped(const RunState &state, RunController::Opener open)
{
    prepare(state.title, state.kind == "rollback"_L1, std::move(open));
    m_model.setRun(state);
    const auto row = m_model.currentRow();
    m_view->setCurrentIndex(m_model.index(row));
    RunEnd stands{Ending::Cancelled, {}, {}};
    if (row >= 0) {
        stands.step = m_model.step(row).code;
        stands.error = m_model.step(row).error;
    }
    m_end = stands;
    banner().show(
        Style::Tone::Notice,
        tr("This run stands at step %1 of %2. Going on and rolling back are both possible.")
            .arg(row + 1)
            .arg(m_model.rowCount()));
    updateOverall();
    updateButtons();
}

void RunPage::go()
{
    m_end.reset();
    m_pause->setChecked(false);
    banner().hide();
    m_controller->start();
    m_clock.start();
    emit runningChanged(true);
    updateOverall();
    updateButtons();
}

void RunPage::askToSkip()
{
    banner().show(Style::Tone::Notice, m_end->skipConsequence);
    auto *skip = banner().addAction(tr("Skip the step", "@action"));
    skip->setObjectName(u"confirmSkip"_s);
    connect(skip, &QPushButton::clicked, this, &RunPage::skipStep);
    auto *keep = banner().addAction(tr("Do not skip it", "@action"));
    keep->setFocus();
}

void RunPage::skipStep()
{
    const auto row = m_model.currentRow();
    if (row < 0)
        return;
    m_end.reset();
    banner().hide();
    m_controller->skip(m_model.step(row).code, tr("Skipped by a person."));
    m_clock.start();
    emit runningChanged(true);
    updateButtons();
}

void RunPage::stop()
{
    if (!isRunning())
        return;
    m_controller->cancel();
    banner().show(Style::Tone::Active, tr("Stopping where it is safe…"));
    updateButtons();
}

void RunPage::end(const RunEnd &end)
{
    m_clock.stop();
    m_end = end;
    const auto row = m_model.rowOf(end.step);
    const auto place = row < 0 ? QString() : m_model.step(row).title;
    switch (end.ending) {
    case Ending::Finished:
        m_overall = {1, {}};
        banner().show(Style::Tone::Good,
                      m_isRollback ? tr("The site is back as it was.")
                                   : tr("The upgrade is done."));
        break;
    case Ending::Failed:
        if (row < 0 && end.error) {
            m_detail->showError(*end.error);
            banner().show(Style::Tone::Bad, tr("The run could not begin: %1").arg(end.error->fact));
        } else {
            banner().show(Style::Tone::Bad,
                          tr("Stopped at step %1 of %2, %3. Read what happened, then retry or roll "
                             "back.")
                              .arg(row + 1)
                              .arg(m_model.rowCount())
                              .arg(place));
        }
        break;
    case Ending::Paused:
        banner().show(Style::Tone::Notice, tr("Paused. Go on whenever you like."));
        break;
    case Ending::Cancelled:
        banner().show(Style::Tone::Notice,
                      tr("Stopped. Going on and rolling back are both possible."));
        break;
    case Ending::Abandoned:
        banner().show(Style::Tone::Notice, tr("This run was given up."));
        break;
    }
    if (row >= 0)
        m_view->setCurrentIndex(m_model.index(row));
    if (row >= 0 || !end.error)
        showCurrent();
    updateOverall();
    updateButtons();
    if (m_retry->isVisible() && m_retry->isEnabled())
        m_retry->setFocus();
    emit runningChanged(false);
    emit finished(end);
}

void RunPage::showCurrent()
{
    const auto index = m_view->currentIndex();
    if (!index.isValid())
        return;
    const auto &step = m_model.step(index.row());
    if (step.error) {
        if (m_detail->plainReport().isEmpty()
            || !m_detail->plainReport().startsWith(step.error->code.toString() + u'\n'))
            m_detail->showError(*step.error);
        return;
    }
    auto text = step.text.isEmpty() ? lookOf(step.state).text : step.text;
    if (step.state == StepState::Pending)
        text = tr("This step has not begun.");
    m_detail->showStep(step.title, step.code, text, m_lines.value(step.code));
    if (step.state == StepState::Running)
        m_detail->verticalScrollBar()->setValue(m_detail->verticalScrollBar()->maximum());
}

void RunPage::updateOverall()
{
    const auto count = m_model.rowCount();
    const auto finishedSteps = m_model.finishedCount();
    auto text = count == 0 ? tr("Opening the site…")
                           : tr("Step %1 of %2").arg(std::min(finishedSteps + 1, count)).arg(count);
    if (count > 0 && finishedSteps == count)
        text = tr("All %n step(s) are done.", nullptr, count);
    if (isRunning() && m_overall.remaining)
        text += u" · "_s + remainingText(*m_overall.remaining);
    if (!isRunning() && count == 0)
        text = tr("No run yet. Check the site and read the plan first.");
    m_position->setText(text);
    const auto known = count > 0 ? double(finishedSteps) / count : 0.0;
    const auto shown = m_overall.fraction > 0 ? m_overall.fraction : known;
    m_bar->setValue(int(shown * BarSteps));
}

void RunPage::updateButtons()
{
    const bool runs = isRunning();
    const bool stands = standsHalfway();
    m_pause->setVisible(runs);
    m_stop->setVisible(runs);
    m_stop->setEnabled(runs && !m_controller->isCancelling());
    m_skip->setVisible(stands && !m_end->skipConsequence.isEmpty());
    m_skip->setToolTip(stands ? m_end->skipConsequence : QString());
    m_rollback->setVisible(stands && !m_isRollback);
    m_retry->setVisible(stands);
    m_retry->setText(stands && m_end->ending == Ending::Failed ? tr("&Retry", "@action")
                                                               : tr("&Resume", "@action"));
    m_copy->setEnabled(m_model.rowCount() > 0 || m_end);
}

} // namespace Banister
