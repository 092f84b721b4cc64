// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/fieldresult.h"

#include <QHBoxLayout>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace Banister {

FieldResult::FieldResult(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel(this))
    , m_text(Style::label({}, Style::Text::Small, this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, Style::SmallGap);
    layout->setSpacing(Style::SmallGap + 2);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1, Qt::AlignTop);
    setVerdict({});
}

void FieldResult::setVerdict(const FieldVerdict &verdict)
{
    constexpr int Size = 16;
    m_verdict = verdict;
    QString name = u"info"_s;
    if (verdict.tone == Style::Tone::Good)
        name = u"ok"_s;
    else if (verdict.tone == Style::Tone::Notice)
        name = u"warning"_s;
    else if (verdict.tone == Style::Tone::Bad)
        name = u"error"_s;
    else if (verdict.tone == Style::Tone::Active)
        name = u"running"_s;
    const auto ratio = devicePixelRatioF();
    auto pixmap = Style::pixmap(
        name, (QSizeF(Size, Size) * ratio).toSize(), Style::colour(verdict.tone, palette()));
    pixmap.setDevicePixelRatio(ratio);
    m_icon->setPixmap(pixmap);
    m_icon->setVisible(!verdict.text.isEmpty());
    // A label that may wrap asks a form for the room of its narrowest shape.
    constexpr int OneLine = 480;
    m_text->setWordWrap(m_text->fontMetrics().horizontalAdvance(verdict.text) > OneLine);
    m_text->setText(verdict.text);
    setVisible(!verdict.text.isEmpty());
}

void FieldResult::setTesting()
{
    setVerdict({Style::Tone::Active, tr("Testing…")});
}

} // namespace Banister
