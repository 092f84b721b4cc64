// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/differenceview.h"

#include "ui/style/style.h"

#include <QEvent>
#include <QSyntaxHighlighter>

namespace Banister {

namespace {

class DifferenceHighlighter : public QSyntaxHighlighter
{
public:
    explicit DifferenceHighlighter(QPlainTextEdit *view)
        : QSyntaxHighlighter(view->document())
        , m_view(*view)
    {}

protected:
    void highlightBlock(const QString &text) override
    {
        auto tone = Style::Tone::Neutral;
        if (text.startsWith(u'-'))
            tone = Style::Tone::Bad;
        else if (text.startsWith(u'+'))
            tone = Style::Tone::Good;
        else if (text.startsWith(u'@'))
            tone = Style::Tone::Active;
        setFormat(0, int(text.size()), Style::colour(tone, m_view.palette()));
    }

private:
    const QPlainTextEdit &m_view;
};

} // namespace

DifferenceView::DifferenceView(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_highlighter(new DifferenceHighlighter(this))
{
    constexpr int TabWidth = 4;
    setReadOnly(true);
    setTabChangesFocus(true);
    setFont(Style::font(Style::Text::Code));
    setLineWrapMode(NoWrap);
    setTabStopDistance(TabWidth * fontMetrics().horizontalAdvance(u' '));
    document()->setDocumentMargin(Style::Gap);
}

void DifferenceView::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_highlighter->rehighlight();
}

} // namespace Banister
