// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/checkpage.h"

#include "assistant/assistant.h"
#include "ui/models/linerole.h"
#include "ui/style/style.h"
#include "ui/widgets/lineview.h"
#include "ui/widgets/messagebanner.h"

#include <QCheckBox>
#include <QPushButton>
#include <QSplitter>
#include <QTextBrowser>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString paragraph(const QString &text)
{
    return text.isEmpty() ? QString()
                          : u"<p>"_s + text.toHtmlEscaped().replace(u'\n', u"<br>"_s) + u"</p>"_s;
}

QString htmlOf(const CheckState &state)
{
    auto html = u"<h3>"_s + state.title.toHtmlEscaped() + u"</h3><p><code>"_s
                + state.code.toHtmlEscaped() + u"</code></p>"_s;
    if (state.phase != CheckPhase::Known)
        return html;
    html += paragraph(state.finding.fact);
    if (!state.finding.action.isEmpty())
        html += u"<h4>"_s + CheckPage::tr("What to do", "@title") + u"</h4>"_s
                + paragraph(state.finding.action);
    if (!state.finding.items.isEmpty()) {
        html += u"<ul>"_s;
        for (const auto &item : state.finding.items)
            html += u"<li>"_s + item.toHtmlEscaped() + u"</li>"_s;
        html += u"</ul>"_s;
    }
    if (!state.finding.details.isEmpty())
        html += u"<pre style=\"white-space: pre-wrap\">"_s + state.finding.details.toHtmlEscaped()
                + u"</pre>"_s;
    return html;
}

} // namespace

CheckPage::CheckPage(const Services &services, QWidget *parent)
    : Page(tr("Check", "@title"), parent)
    , m_services(services)
    , m_view(new LineView(tr("Checks"), this))
    , m_detail(new QTextBrowser(this))
    , m_accept(new QCheckBox(tr("&Accept this warning", "@action"), this))
{
    m_sorted.setSourceModel(&m_model);
    m_sorted.setSortRole(LineRole::Rank);
    m_sorted.sort(0);
    m_view->setObjectName(u"findings"_s);
    m_view->setModel(&m_sorted);
    m_detail->setAccessibleName(tr("The chosen check"));
    m_detail->setTabChangesFocus(true);
    m_detail->document()->setDocumentMargin(Style::WideGap);
    m_accept->setObjectName(u"acceptWarning"_s);

    auto *side = new QWidget(this);
    auto *sideLayout = new QVBoxLayout(side);
    sideLayout->setContentsMargins(0, 0, 0, 0);
    sideLayout->addWidget(m_detail, 1);
    sideLayout->addWidget(m_accept);
    auto *splitter = new QSplitter(this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_view);
    splitter->addWidget(side);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    constexpr int Wide = 460;
    splitter->setSizes({Wide, Wide * 2 / 3});
    m_content = splitter;
    body()->addWidget(splitter, 1);
    body()->addStretch();

    m_all = addAside(tr("Check &everything again", "@action"), u"refresh"_s, u"checkAll"_s);
    m_again = addAside(tr("Check &this again", "@action"), u"refresh"_s, u"checkAgain"_s);
    m_continue = addOnward(tr("&Continue", "@action"), u"next"_s, u"continue"_s);
    m_toRun = addOnward(tr("Go to the &run", "@action"), u"run"_s, u"goToRun"_s);

    connect(m_view, &LineView::currentRowChanged, this, &CheckPage::showCurrent);
    connect(m_all, &QPushButton::clicked, this, [this] { m_runner->start(); });
    connect(m_again, &QPushButton::clicked, this, [this] {
        if (const auto *state = current())
            m_runner->again(state->code);
    });
    connect(m_accept, &QCheckBox::toggled, this, [this](bool isOn) {
        m_sorted.setData(
            m_view->currentIndex(), isOn ? Qt::Checked : Qt::Unchecked, Qt::CheckStateRole);
    });
    connect(&m_model, &FindingsModel::accepted, this, [this](const QString &code, bool isAccepted) {
        m_runner->setAccepted(code, isAccepted);
        showCurrent();
        updateState();
    });
    connect(m_continue, &QPushButton::clicked, this, &CheckPage::continued);
    connect(m_toRun, &QPushButton::clicked, this, &CheckPage::runWanted);
    showWays(false);
    updateState();
}

void CheckPage::showWays(bool isHalfway)
{
    m_toRun->setVisible(isHalfway);
    m_content->setVisible(!isHalfway);
    for (auto *button : {m_all, m_again, m_continue})
        button->setVisible(!isHalfway);
}

void CheckPage::showHalfway(const QString &where)
{
    clear();
    showWays(true);
    banner().show(Style::Tone::Notice, where);
}

CheckPage::~CheckPage() = default;

void CheckPage::letGo()
{
    if (!m_runner)
        return;
    disconnect(m_runner.get(), nullptr, this, nullptr);
    m_runner->cancel();
    if (m_runner->isRunning()) {
        // The check that runs may wait for a server that does not answer. The window does not: the
        // runner goes once it has stopped, and the site that its checks refer to after it.
        auto *runner = m_runner.release();
        runner->setParent(this);
        connect(runner, &CheckRunner::finished, runner, [runner, site = m_site] {
            runner->deleteLater();
        });
    }
    m_runner.reset();
    m_site.reset();
}

void CheckPage::clear()
{
    letGo();
    m_opening.cancel();
    m_model.setStates({});
    m_detail->clear();
    m_accept->hide();
    banner().hide();
    setSubtitle({});
    showWays(false);
    updateState();
}

void CheckPage::check(const SiteSettings &settings)
{
    clear();
    setSubtitle(tr("Opening %1…").arg(settings.folder));
    m_opening.start(
        [services = m_services, settings](Monitor &) -> Result<std::shared_ptr<ProductSite>> {
            auto site = services.assistant.open(settings);
            if (!site)
                return site.failure();
            return std::shared_ptr<ProductSite>(std::move(*site));
        },
        [this](Result<std::shared_ptr<ProductSite>> site) {
            if (site)
                begin(*site);
            else if (site.isError())
                banner().show(Style::Tone::Bad, factsOf(site.error()));
            if (!site)
                setSubtitle({});
        });
}

void CheckPage::begin(std::shared_ptr<ProductSite> site)
{
    m_site = std::move(site);
    m_runner = std::make_unique<CheckRunner>(m_site->checks());
    m_model.setStates(m_runner->states());
    connect(m_runner.get(), &CheckRunner::changed, this, [this](const CheckState &state) {
        m_model.setState(state);
        showCurrent();
        updateState();
    });
    connect(m_runner.get(), &CheckRunner::finished, this, [this] {
        m_view->setCurrentIndex(m_sorted.index(0, 0));
        m_view->scrollToTop();
        updateState();
    });
    m_view->setCurrentIndex(m_sorted.index(0, 0));
    m_runner->start();
    updateState();
}

const CheckState *CheckPage::current() const
{
    const auto index = m_sorted.mapToSource(m_view->currentIndex());
    return index.isValid() ? &m_model.state(index.row()) : nullptr;
}

void CheckPage::showCurrent()
{
    const auto *state = current();
    m_detail->setHtml(state ? htmlOf(*state) : QString());
    const bool isWarning =
        state && state->phase == CheckPhase::Known && state->finding.severity == Severity::Warning;
    m_accept->setVisible(isWarning);
    const QSignalBlocker blocker(m_accept);
    m_accept->setChecked(isWarning && state->isAccepted);
    m_again->setEnabled(state != nullptr);
}

void CheckPage::updateState()
{
    m_all->setEnabled(m_runner != nullptr);
    m_again->setEnabled(current() != nullptr);
    m_continue->setEnabled(!isBlocked());
    emit stateChanged();
    if (!m_runner)
        return;
    int errors = 0;
    int warnings = 0;
    int unknown = 0;
    for (const auto &state : m_model.states()) {
        unknown += state.phase != CheckPhase::Known;
        if (state.phase != CheckPhase::Known)
            continue;
        errors += state.finding.severity == Severity::Error;
        warnings += state.finding.severity == Severity::Warning && !state.isAccepted;
    }
    if (unknown > 0)
        setSubtitle(tr("%n check(s) to go. Nothing is changed by checking.", nullptr, unknown));
    else if (errors > 0)
        setSubtitle(
            tr("%n finding(s) must be solved before the upgrade can begin.", nullptr, errors));
    else if (warnings > 0)
        setSubtitle(tr("%n warning(s) to read and accept.", nullptr, warnings));
    else
        setSubtitle(tr("Nothing stands in the way of the upgrade."));
}

} // namespace Banister
