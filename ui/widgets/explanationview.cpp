// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/explanationview.h"

#include "base/errorcatalogue.h"
#include "ui/style/style.h"

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
    document()->setDefaultStyleSheet(u"h3 { margin-bottom: 0 } li { margin-bottom: 4px }"_s);
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
        for (const auto &link : explanation.links) {
            const auto shown = link.toHtmlEscaped();
            html += u"<p><a href=\"%1\">%1</a></p>"_s.arg(shown);
        }
    }
    return html;
}

void ExplanationView::showError(const Error &error)
{
    QString html;
    m_report.clear();
    for (const auto *link = &error; link; link = link->cause.get()) {
        const auto *known = m_catalogue.find(link->code);
        const auto code = link->code.toString();
        const auto title = known ? known->title : code;
        if (link != &error)
            html += u"<hr>"_s + paragraph(tr("Because of:"));
        html += u"<h3>"_s + title.toHtmlEscaped() + u"</h3><p><code>"_s + code.toHtmlEscaped()
                + u"</code></p>"_s + u"<p><b>"_s + link->fact.toHtmlEscaped() + u"</b></p>"_s;
        if (known)
            html += ExplanationView::html(*known);
        if (!link->details.isEmpty())
            html += heading(tr("Details", "@title")) + u"<pre style=\"white-space: pre-wrap\">"_s
                    + link->details.toHtmlEscaped() + u"</pre>"_s;
        m_report += code + u'\n' + link->fact + u'\n';
        if (!link->details.isEmpty())
            m_report += link->details + u'\n';
        m_report += u'\n';
    }
    setHtml(html);
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

void ExplanationView::showText(const QString &heading, const QString &text)
{
    m_report = text;
    setHtml(u"<h3>"_s + heading.toHtmlEscaped() + u"</h3>"_s + paragraph(text));
}

} // namespace Banister
