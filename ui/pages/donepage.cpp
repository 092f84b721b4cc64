// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/donepage.h"

#include "ui/style/style.h"
#include "ui/support/wording.h"

#include <QLocale>
#include <QPushButton>
#include <QScrollBar>
#include <QTextBrowser>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Banister {

DonePage::DonePage(QWidget *parent)
    : Page(tr("Done", "@title"), parent)
    , m_text(new QTextBrowser(this))
{
    m_text->setObjectName(u"doneText"_s);
    m_text->setAccessibleName(tr("What was done"));
    m_text->setTabChangesFocus(true);
    m_text->setOpenExternalLinks(true);
    m_text->document()->setDocumentMargin(Style::WideGap);
    m_text->document()->setDefaultStyleSheet(u"h3 { margin-bottom: 4px } li { margin-bottom: 4px } "
                                             "ul, ol { margin-left: 22px; -qt-list-indent: 0 }"_s);
    body()->addWidget(m_text, 1);
    auto *log = addAside(tr("Show the &log", "@action"), u"log"_s, u"showLog"_s);
    m_rollback = addAside(tr("Roll &back…", "@action"), u"rollback"_s, u"doneRollBack"_s);
    auto *sites = addOnward(tr("Back to the &sites", "@action"), u"sites"_s, u"backToSites"_s);
    connect(log, &QPushButton::clicked, this, &DonePage::logWanted);
    connect(m_rollback, &QPushButton::clicked, this, &DonePage::rollbackWanted);
    connect(sites, &QPushButton::clicked, this, &DonePage::sitesWanted);
}

void DonePage::show(const SiteSettings &settings, const SiteStatus &status)
{
    m_rollback->setVisible(status.canRollBack());
    const bool isRollback = status.kind == SiteStatus::Kind::RolledBack;
    m_isEmpty = !status.lastRun || !(isRollback || status.kind == SiteStatus::Kind::Upgraded);
    if (m_isEmpty) {
        m_text->clear();
        return;
    }
    const auto &run = *status.lastRun;
    setTitle(isRollback ? tr("Rolled back", "@title") : tr("Done", "@title"));
    setSubtitle(run.title + u" · "_s + settings.folder);
    QString html;
    const auto left = run.steps.isEmpty() ? QString() : run.steps.last().text;
    if (!left.isEmpty())
        html += u"<h3>"_s
                + (isRollback ? tr("The proof", "@title") : tr("What is left for you", "@title"))
                + u"</h3><ul><li>"_s + left.toHtmlEscaped().replace(u'\n', u"</li><li>"_s)
                + u"</li></ul>"_s;
    if (!isRollback && !status.restorePoints.isEmpty()) {
        const auto &point = status.restorePoints.first();
        html +=
            u"<h3>"_s + tr("The way back", "@title") + u"</h3><p>"_s
            + tr("The restore point of %1 is in")
                  .arg(QLocale().toString(point.created.toLocalTime(), QLocale::ShortFormat))
                  .toHtmlEscaped()
            + u"<br><code>"_s + point.folder.toHtmlEscaped() + u"</code></p><p>"_s
            + tr("Keep it until you are sure that the site works, then the folder can be removed.")
                  .toHtmlEscaped()
            + u"</p>"_s;
    }
    html += u"<h3>"_s + tr("What was done", "@title") + u"</h3><ol>"_s;
    for (const auto &step : run.steps) {
        html += u"<li><b>"_s + step.title.toHtmlEscaped() + u"</b> — "_s
                + lookOf(step.state).text.toHtmlEscaped();
        if (!step.text.isEmpty() && step.text != left)
            html += u"<br>"_s + step.text.toHtmlEscaped().replace(u'\n', u"<br>"_s);
        html += u"</li>"_s;
    }
    m_text->setHtml(html + u"</ol>"_s);
}

void DonePage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    // Filled while it was hidden and had no size, the text begins a little below its margin.
    m_text->verticalScrollBar()->setValue(0);
}

} // namespace Banister
