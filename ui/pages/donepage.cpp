// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/donepage.h"

#include "assistant/plankeys.h"
#include "ui/rollback/rollbackwords.h"
#include "ui/style/style.h"
#include "ui/support/wording.h"

#include <QFileInfo>
#include <QLocale>
#include <QPushButton>
#include <QScrollBar>
#include <QTextBrowser>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString paragraph(const QString &text)
{
    return u"<p>"_s + text.toHtmlEscaped() + u"</p>"_s;
}

QString place(const RestorePoint &point)
{
    return u"<p><code>"_s + point.folder.toHtmlEscaped() + u"</code></p>"_s;
}

QString timeOf(const RestorePoint &point)
{
    return QLocale().toString(point.created.toLocalTime(), QLocale::ShortFormat);
}

/// After an upgrade: how to undo it.
QString wayBack(const QList<RestorePoint> &points)
{
    if (points.isEmpty())
        return {};
    const auto &point = points.first();
    return u"<h3>"_s + DonePage::tr("The way back", "@title") + u"</h3>"_s
           + paragraph(DonePage::tr("The restore point of %1 is in").arg(timeOf(point)))
           + place(point)
           + paragraph(DonePage::tr("Keep it until you are sure that the site works, then the "
                                    "folder can be removed."));
}

/// After a rollback: how to undo that.
QString wayForth(const RunState &run, const QList<RestorePoint> &points)
{
    const auto html =
        u"<h3>"_s + DonePage::tr("The state before this rollback", "@title") + u"</h3>"_s;
    const auto folder = run.settings.value(PlanKeys::SafetyPoint).toString();
    const auto kept = std::find_if(points.begin(), points.end(), [&folder](const auto &point) {
        return point.id() == QFileInfo(folder).fileName();
    });
    if (folder.isEmpty() || kept == points.end())
        return html + paragraph(DonePage::tr("It was not kept."));
    return html
           + paragraph(DonePage::tr("It is kept as the restore point of %1, in").arg(timeOf(*kept)))
           + place(*kept)
           + paragraph(DonePage::tr("To get back to it, roll back once more and choose that one: "
                                    "“%1”.")
                           .arg(RollbackWords::originOf(*kept)));
}

} // namespace

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
    const auto &points = status.restorePoints;
    m_rollback->setVisible(std::any_of(points.begin(), points.end(), [](const auto &point) {
        return !point.notes.used.isValid();
    }));
    m_isEmpty = !status.lastRun || status.lastRun->phase != RunPhase::Finished;
    if (m_isEmpty) {
        m_text->clear();
        return;
    }
    const auto &run = *status.lastRun;
    const bool isRollback = run.kind == "rollback"_L1;
    setTitle(isRollback ? tr("Rolled back", "@title") : tr("Done", "@title"));
    setSubtitle(run.title + u" · "_s + settings.folder);
    QString html;
    const auto left = run.steps.isEmpty() ? QString() : run.steps.last().text;
    if (!left.isEmpty())
        html += u"<h3>"_s
                + (isRollback ? tr("The proof", "@title") : tr("What is left for you", "@title"))
                + u"</h3><ul><li>"_s + left.toHtmlEscaped().replace(u'\n', u"</li><li>"_s)
                + u"</li></ul>"_s;
    html += isRollback ? wayForth(run, points) : wayBack(points);
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
