// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/style.h"

#include <QApplication>
#include <QFontDatabase>
#include <QLabel>
#include <QPainter>
#include <QProxyStyle>
#include <QStyleOption>

using namespace Qt::StringLiterals;

namespace Banister::Style {

namespace {

QColor mixed(const QColor &one, const QColor &other, double share)
{
    const auto mix = [share](int left, int right) {
        return int(left * (1.0 - share) + right * share);
    };
    return {mix(one.red(), other.red()),
            mix(one.green(), other.green()),
            mix(one.blue(), other.blue())};
}

/// Qt's own style draws the frame of a box or a radio button darker than what is around it, which in the dark is
/// nothing to be seen.
class BoxFrames : public QProxyStyle
{
public:
    void drawPrimitive(PrimitiveElement element,
                       const QStyleOption *option,
                       QPainter *painter,
                       const QWidget *widget) const override
    {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        const bool isBox =
            element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck;
        const bool isRadio = element == PE_IndicatorRadioButton;
        if ((!isBox && !isRadio) || !isDark(option->palette))
            return;
        painter->save();
        painter->setPen(colour(Tone::Neutral, option->palette));
        painter->setBrush(Qt::NoBrush);
        const auto frame = option->rect.adjusted(0, 0, -1, -1);
        if (isRadio) {
            painter->setRenderHint(QPainter::Antialiasing);
            painter->drawEllipse(frame);
        } else {
            painter->drawRect(frame);
        }
        painter->restore();
    }
};

} // namespace

void install()
{
    QApplication::setStyle(new BoxFrames);
}

QFont font(Text role)
{
    constexpr double TitleScale = 1.6;
    constexpr double HeadingScale = 1.15;
    constexpr double SmallScale = 0.9;
    auto font = QApplication::font();
    const auto size = font.pointSizeF() > 0 ? font.pointSizeF() : 10.0;
    switch (role) {
    case Text::Title:
        font.setPointSizeF(size * TitleScale);
        font.setWeight(QFont::DemiBold);
        break;
    case Text::Heading:
        font.setPointSizeF(size * HeadingScale);
        font.setWeight(QFont::DemiBold);
        break;
    case Text::Body:
        break;
    case Text::Small:
        font.setPointSizeF(size * SmallScale);
        break;
    case Text::Code:
        font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
        font.setPointSizeF(size * SmallScale);
        break;
    }
    return font;
}

bool isDark(const QPalette &palette)
{
    constexpr int Middle = 128;
    return palette.color(QPalette::Window).lightness() < Middle;
}

QColor colour(Tone tone, const QPalette &palette)
{
    constexpr double Quiet = 0.35;
    const bool dark = isDark(palette);
    switch (tone) {
    case Tone::Neutral:
        return mixed(palette.color(QPalette::Text), palette.color(QPalette::Base), Quiet);
    case Tone::Good:
        return dark ? QColor(0x7b, 0xd8, 0x8f) : QColor(0x1a, 0x6e, 0x33);
    case Tone::Notice:
        return dark ? QColor(0xf0, 0xc6, 0x74) : QColor(0x84, 0x52, 0x00);
    case Tone::Bad:
        return dark ? QColor(0xff, 0x9a, 0x92) : QColor(0xb0, 0x20, 0x1a);
    case Tone::Active:
        return dark ? QColor(0x8c, 0xc4, 0xff) : QColor(0x1b, 0x5e, 0x9b);
    }
    return palette.color(QPalette::Text);
}

QColor background(Tone tone, const QPalette &palette)
{
    constexpr double Share = 0.12;
    return mixed(palette.color(QPalette::Base), colour(tone, palette), Share);
}

QLabel *label(const QString &text, Text role, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setFont(font(role));
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace Banister::Style
