// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/linedelegate.h"

#include "ui/models/linerole.h"
#include "ui/style/style.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace Banister {

namespace {

constexpr int Margin = 10;
constexpr int BarHeight = 4;
constexpr int BusyShare = 4; ///< the part of the bar that is lit while the amount is unknown

QRect boxIn(const QRect &line)
{
    const auto size = QApplication::style()->pixelMetric(QStyle::PM_IndicatorWidth);
    QRect box(0, 0, size, size);
    box.moveCenter({line.right() - Margin - size / 2, line.center().y()});
    return box;
}

bool canBeChecked(const QModelIndex &index)
{
    return index.flags().testFlag(Qt::ItemIsUserCheckable)
           && index.data(Qt::CheckStateRole).isValid();
}

void paintBar(QPainter *painter, const QRect &place, int percent, const QColor &colour)
{
    constexpr int Whole = 100;
    auto track = colour;
    track.setAlphaF(0.25F);
    painter->setPen(Qt::NoPen);
    painter->setBrush(track);
    painter->drawRoundedRect(place, BarHeight / 2.0, BarHeight / 2.0);
    auto lit = place;
    if (percent == busyPercent) {
        lit.setWidth(place.width() / BusyShare);
        lit.moveCenter(place.center());
    } else {
        lit.setWidth(place.width() * percent / Whole);
    }
    if (QGuiApplication::layoutDirection() == Qt::RightToLeft && percent != busyPercent)
        lit.moveRight(place.right());
    painter->setBrush(colour);
    painter->drawRoundedRect(lit, BarHeight / 2.0, BarHeight / 2.0);
}

/// Text at the beginning or the end of a line, whichever way it runs; returns its width.
int paintText(QPainter *painter,
              const QRect &place,
              const QFont &font,
              const QString &text,
              Qt::Alignment side)
{
    if (text.isEmpty() || place.width() <= 0)
        return 0;
    const QFontMetrics metrics(font);
    auto line = text;
    line.replace(u'\n', u' ');
    const auto shown = metrics.elidedText(line, Qt::ElideRight, place.width());
    painter->setFont(font);
    painter->drawText(place, int(side | Qt::AlignVCenter) | Qt::TextSingleLine, shown);
    return metrics.horizontalAdvance(shown);
}

} // namespace

QSize LineDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    const auto height = QFontMetrics(Style::font(Style::Text::Body)).height()
                        + QFontMetrics(Style::font(Style::Text::Small)).height() + Style::SmallGap
                        + 2 * Margin;
    constexpr int MinimumWidth = 200;
    return {MinimumWidth, height};
}

void LineDelegate::paint(QPainter *painter,
                         const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    QStyleOptionViewItem frame(option);
    frame.widget->style()->drawPrimitive(
        QStyle::PE_PanelItemViewItem, &frame, painter, frame.widget);
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        QStyleOptionFocusRect focus;
        focus.QStyleOption::operator=(option);
        focus.rect = option.rect.adjusted(1, 1, -1, -1);
        frame.widget->style()->drawPrimitive(
            QStyle::PE_FrameFocusRect, &focus, painter, frame.widget);
    }

    const auto &palette = option.palette;
    const auto group =
        option.state.testFlag(QStyle::State_Active) ? QPalette::Active : QPalette::Inactive;
    const auto tone = Style::Tone(index.data(LineRole::Tone).toInt());
    const auto chosen = palette.color(group, QPalette::HighlightedText);
    const auto plain = isSelected ? chosen : palette.color(QPalette::Text);
    const auto quiet = isSelected ? chosen : Style::colour(Style::Tone::Neutral, palette);
    const auto marked = isSelected ? chosen : Style::colour(tone, palette);
    const auto mirrored = [&option](const QRect &rect) {
        return QStyle::visualRect(option.direction, option.rect, rect);
    };
    const auto leading = option.direction == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft;
    const auto trailing = option.direction == Qt::RightToLeft ? Qt::AlignLeft : Qt::AlignRight;

    auto area = option.rect.adjusted(Margin, Margin, -Margin, -Margin);
    const auto body = Style::font(Style::Text::Body);
    const auto small = Style::font(Style::Text::Small);
    const auto upper = QFontMetrics(body).height();
    const auto lower = QFontMetrics(small).height();

    const QRect icon(
        area.left(), area.top() + (upper - Style::IconSize) / 2, Style::IconSize, Style::IconSize);
    const auto ratio = painter->device()->devicePixelRatioF();
    painter->drawPixmap(mirrored(icon),
                        Style::pixmap(index.data(LineRole::Icon).toString(),
                                      (QSizeF(icon.size()) * ratio).toSize(),
                                      marked));
    area.setLeft(icon.right() + 1 + Style::Gap + Style::SmallGap);

    if (canBeChecked(index)) {
        QStyleOptionViewItem box(option);
        box.rect = mirrored(boxIn(option.rect));
        box.state &= ~QStyle::State_HasFocus;
        box.state |= index.data(Qt::CheckStateRole).toInt() == Qt::Checked ? QStyle::State_On
                                                                           : QStyle::State_Off;
        frame.widget->style()->drawPrimitive(
            QStyle::PE_IndicatorItemViewItemCheck, &box, painter, frame.widget);
        area.setRight(boxIn(option.rect).left() - Style::Gap);
    }

    const QRect first(area.left(), area.top(), area.width(), upper);
    const QRect second(area.left(), first.bottom() + 1 + Style::SmallGap, area.width(), lower);
    const auto half = area.width() / 2;

    painter->setPen(marked);
    auto rest = first;
    rest.setLeft(area.right() - half);
    const auto statusWidth = paintText(
        painter, mirrored(rest), small, index.data(LineRole::Status).toString(), trailing);
    rest = first;
    rest.setRight(area.right() - statusWidth - Style::WideGap);
    painter->setPen(plain);
    auto strong = body;
    strong.setWeight(QFont::DemiBold);
    const auto title = index.data().toString();
    const auto code = index.data(LineRole::Code).toString();
    const auto codeFont = Style::font(Style::Text::Code);
    const auto codeWidth = QFontMetrics(codeFont).horizontalAdvance(code);
    // What support staff ask for is never cut: where it does not fit beside the title, it goes
    // before the details, which give way.
    const bool isCodeBelow =
        QFontMetrics(strong).horizontalAdvance(title) + Style::Gap + codeWidth > rest.width();
    const auto titleWidth = paintText(painter, mirrored(rest), strong, title, leading);
    painter->setPen(quiet);
    if (!isCodeBelow) {
        rest.setLeft(rest.left() + titleWidth + Style::Gap);
        paintText(painter, mirrored(rest), codeFont, code, leading);
    }

    const auto taken = isCodeBelow && codeWidth > 0 ? codeWidth + Style::WideGap : 0;
    rest = second;
    rest.setLeft(area.right() - std::min(half, area.width() - taken));
    const auto timeWidth = paintText(
        painter, mirrored(rest), small, index.data(LineRole::StatusDetail).toString(), trailing);
    rest = second;
    rest.setRight(area.right() - timeWidth - (timeWidth > 0 ? Style::WideGap : 0));
    if (isCodeBelow)
        paintText(painter, mirrored(second), codeFont, code, leading);
    rest.setLeft(rest.left() + taken);
    paintText(painter, mirrored(rest), small, index.data(LineRole::Detail).toString(), leading);

    const auto percent = index.data(LineRole::Percent);
    if (percent.isValid()) {
        const QRect bar(area.left(), option.rect.bottom() - BarHeight - 2, area.width(), BarHeight);
        paintBar(painter, mirrored(bar), percent.toInt(), marked);
    }
    painter->restore();
}

bool LineDelegate::editorEvent(QEvent *event,
                               QAbstractItemModel *model,
                               const QStyleOptionViewItem &option,
                               const QModelIndex &index)
{
    if (!canBeChecked(index))
        return false;
    bool isWanted = false;
    if (event->type() == QEvent::MouseButtonRelease) {
        const auto box = QStyle::visualRect(option.direction, option.rect, boxIn(option.rect));
        isWanted = box.adjusted(-Margin, -Margin, Margin, Margin)
                       .contains(dynamic_cast<QMouseEvent *>(event)->position().toPoint());
    } else if (event->type() == QEvent::KeyPress) {
        isWanted = dynamic_cast<QKeyEvent *>(event)->key() == Qt::Key_Space;
    }
    if (!isWanted)
        return false;
    const auto now = index.data(Qt::CheckStateRole).toInt();
    return model->setData(
        index, now == Qt::Checked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

} // namespace Banister
