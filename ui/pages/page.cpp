// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/page.h"

#include "ui/style/style.h"
#include "ui/widgets/messagebanner.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace Banister {

Page::Page(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_title(Style::label(title, Style::Text::Title, this))
    , m_subtitle(Style::label({}, Style::Text::Body, this))
    , m_banner(new MessageBanner(this))
    , m_body(new QVBoxLayout)
    , m_asides(new QHBoxLayout)
    , m_onwards(new QHBoxLayout)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(
        Style::PageMargin, Style::PageMargin - Style::SmallGap, Style::PageMargin, Style::WideGap);
    layout->setSpacing(Style::Gap);
    layout->addWidget(m_title);
    layout->addWidget(m_subtitle);
    layout->addWidget(m_banner);
    m_body->setContentsMargins(0, Style::Gap, 0, Style::Gap);
    m_body->setSpacing(Style::Gap);
    layout->addLayout(m_body, 1);
    auto *row = new QHBoxLayout;
    row->addLayout(m_asides);
    row->addStretch();
    row->addLayout(m_onwards);
    layout->addLayout(row);
    m_subtitle->hide();
}

QString Page::title() const
{
    return m_title->text();
}

void Page::setTitle(const QString &title)
{
    m_title->setText(title);
}

void Page::setSubtitle(const QString &text)
{
    m_subtitle->setText(text);
    m_subtitle->setVisible(!text.isEmpty());
}

QPushButton *Page::addAside(const QString &text, const QString &icon, const QString &name)
{
    auto *button = new QPushButton(Style::icon(icon), text, this);
    button->setObjectName(name);
    button->setAutoDefault(true);
    m_asides->addWidget(button);
    return button;
}

QPushButton *Page::addOnward(const QString &text, const QString &icon, const QString &name)
{
    auto *button = addAside(text, icon, name);
    m_asides->removeWidget(button);
    m_onwards->addWidget(button);
    return button;
}

} // namespace Banister
