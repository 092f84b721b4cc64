// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/explanationview.h"

#include "base/errorcatalogue.h"
#include "ui/style/style.h"

#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString paragraph(const QString &text)
{
    return text.isEmpty() ? QString()
                          : u"<p>"_s + text.toHtmlEscaped().replace(u'\n', u"<br>"_s) + u"</p>"_s;
}

QString heading(const QString &text)
{
    return u"<h4>"_s + text.toHtmlEscaped() + u"</h4>"_s;
}

QString list(const QStringList &entries)
{
    QString html = u"<ul>"_s;
    for (const auto &entry : entries)
        html += u"<li>"_s + entry.toHtmlEscaped() + u"</li>"_s;
    return html + u"</ul>"_s;
}

} // namespace

ExplanationView::ExplanationView(const ErrorCatalogue &catalogue, QWidget *parent)
    : QTextBrowser(parent)
    , m_catalogue(catalogue)
{
    setObjectName(u"explanation"_s);
    setAccessibleName(tr("Explanation"));
    setOpenExternalLinks(true);
    setTabChangesFocus(true);
    document()->setDocumentMargin(Style::WideGap);
    document()->setDefaultStyleSheet(u"h3 { margin-bottom: 0 } li { margin-bottom: 4px } "
                                     "ul { margin-left: 18px; -qt-list-indent: 0 }"_s);
}

QString ExplanationView::html(const Explanation &explanation)
{
    QString html = paragraph(explanation.meaning);
    if (!explanation.actions.isEmpty())
        html += heading(tr("What to do", "@title")) + list(explanation.actions);
    if (!explanation.causes.isEmpty())
        html += heading(tr("Likely causes", "@title")) + list(explanation.causes);
    if (!explanation.siteText.isEmpty())
        html += heading(tr("The site", "@title")) + paragraph(explanation.siteText);
    if (!explanation.links.isEmpty()) {
        html += heading(tr("Read more", "@title"));
        // Not every desktop has a colour of links that can be read in the dark.
        const auto colour = Style::colour(Style::Tone::Active, QGuiApplication::palette()).name();
        for (const auto &link : explanation.links) {
            const auto shown = link.toHtmlEscaped();
            html += u"<p><a href=\"%1\" style=\"color: %2\">%1</a></p>"_s.arg(shown, colour);
        }
    }
    return html;
}

void ExplanationView::showError(const Error &error)
{
    // All that is known of this failure first, then what is known of failures of these kinds, and
    // the evidence, which may be long, at the end.
    QString facts;
    QString kinds;
    QString details;
    m_report.clear();
    for (const auto *link = &error; link; link = link->cause.get()) {
        const auto *known = m_catalogue.find(link->code);
        const auto code = link->code.toString();
        const auto title = (known ? known->title : code).toHtmlEscaped();
        const auto shownCode = u"<p><code>"_s + code.toHtmlEscaped() + u"</code></p>"_s;
        const auto fact = link->fact.toHtmlEscaped();
        if (link == &error)
            facts +=
                u"<h3>"_s + title + u"</h3>"_s + shownCode + u"<p><b>"_s + fact + u"</b></p>"_s;
        else
            facts += u"<p><b>"_s + tr("Cause:").toHtmlEscaped() + u"</b> "_s + fact + u"</p>"_s;
        if (known && link != &error)
            kinds += u"<hr><h3>"_s + title + u"</h3>"_s + shownCode;
        if (known) {
            auto shown = *known;
            // The top code knows best what it means for the site.
            if (link != &error)
                shown.siteText.clear();
            kinds += ExplanationView::html(shown);
        }
        if (!link->details.isEmpty())
            details += u"<pre style=\"white-space: pre-wrap\">"_s + link->details.toHtmlEscaped()
                       + u"</pre>"_s;
        m_report += code + u'\n' + link->fact + u'\n';
        if (!link->details.isEmpty())
            m_report += link->details + u'\n';
        m_report += u'\n';
    }
    if (!details.isEmpty())
        details.prepend(u"<hr>"_s + heading(tr("Details", "@title")));
    setHtml(facts + kinds + details);
}

void ExplanationView::showNothing()
{
    m_report.clear();
    clear();
}

void ExplanationView::showCode(const ErrorCode &code)
{
    m_report = code.toString();
    const auto *known = m_catalogue.find(code);
    if (!known) {
        setHtml(paragraph(tr("There is no explanation of %1.").arg(code.toString())));
        return;
    }
    setHtml(u"<h3>"_s + known->title.toHtmlEscaped() + u"</h3><p><code>"_s
            + code.toString().toHtmlEscaped() + u"</code></p>"_s + html(*known));
}

void ExplanationView::showStep(const QString &title,
                               const QString &code,
                               const QString &text,
                               const QStringList &log)
{
    auto report = title + u'\n' + code + u'\n' + text + u'\n' + log.join(u'\n');
    if (report == m_report)
        return;
    m_report = std::move(report);
    auto html = u"<h3>"_s + title.toHtmlEscaped() + u"</h3><p><code>"_s + code.toHtmlEscaped()
                + u"</code></p>"_s + paragraph(text);
    if (!log.isEmpty())
        html += heading(tr("Its part of the log", "@title"))
                + u"<pre style=\"white-space: pre-wrap\">"_s + log.join(u'\n').toHtmlEscaped()
                + u"</pre>"_s;
    setHtml(html);
}

} // namespace Banister
