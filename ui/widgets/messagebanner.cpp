// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/messagebanner.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString iconOf(Style::Tone tone)
{
    switch (tone) {
    case Style::Tone::Good:
        return u"ok"_s;
    case Style::Tone::Notice:
        return u"warning"_s;
    case Style::Tone::Bad:
        return u"error"_s;
    case Style::Tone::Neutral:
    case Style::Tone::Active:
        break;
    }
    return u"info"_s;
}

} // namespace

MessageBanner::MessageBanner(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_text(Style::label({}, Style::Text::Body, this))
    , m_actions(new QHBoxLayout)
{
    setObjectName(u"banner"_s);
    setFrameShape(StyledPanel);
    setAutoFillBackground(true);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Style::WideGap, Style::Gap, Style::WideGap, Style::Gap);
    layout->setSpacing(Style::Gap + Style::SmallGap);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    layout->addLayout(m_actions);
    hide();
}

void MessageBanner::show(Style::Tone tone, const QString &text)
{
    while (auto *item = m_actions->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    m_tone = tone;
    m_text->setText(text);
    applyTone();
    setVisible(true);
    QAccessibleEvent alert(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

QPushButton *MessageBanner::addAction(const QString &text)
{
    auto *button = new QPushButton(text, this);
    button->setAutoDefault(true);
    connect(button, &QPushButton::clicked, this, &QWidget::hide);
    m_actions->addWidget(button, 0, Qt::AlignTop);
    return button;
}

QString MessageBanner::text() const
{
    return m_text->text();
}

void MessageBanner::applyTone()
{
    m_isApplying = true;
    const auto base = parentWidget() ? parentWidget()->palette() : QPalette();
    auto own = base;
    own.setColor(QPalette::Window, Style::background(m_tone, base));
    setPalette(own);
    const auto ratio = devicePixelRatioF();
    auto pixmap = Style::pixmap(iconOf(m_tone),
                                (QSizeF(Style::IconSize, Style::IconSize) * ratio).toSize(),
                                Style::colour(m_tone, base));
    pixmap.setDevicePixelRatio(ratio);
    m_icon->setPixmap(pixmap);
    m_isApplying = false;
}

void MessageBanner::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_isApplying && isVisible())
        applyTone();
}

} // namespace Banister
