// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QPalette>
#include <QString>

class QLabel;

/// The one visual language: type scale, spacing, colours by role, icons. Everything comes from the
/// palette and the font of the desktop, light or dark.
namespace Banister::Style {

enum class Text { Title, Heading, Body, Small, Code };

/// What something means; a colour never says it alone, an icon and a word stand beside it.
enum class Tone { Neutral, Good, Notice, Bad, Active };

constexpr int SmallGap = 4;
constexpr int Gap = 8;
constexpr int WideGap = 16;
constexpr int PageMargin = 24;
constexpr int IconSize = 20;

/// Lets boxes to check be seen on dark palettes as well. Once, before the first widget.
void install();

QFont font(Text role);
/// Readable on the palette's window and base.
QColor colour(Tone tone, const QPalette &palette);
/// A quiet background for a message of this tone.
QColor background(Tone tone, const QPalette &palette);
bool isDark(const QPalette &palette);

/// From resources/icons; takes the palette's colours at the time of painting.
QIcon icon(const QString &name);
/// \param size in device pixels
QPixmap pixmap(const QString &name, const QSize &size, const QColor &colour);

/// A label that wraps, can be selected by mouse, and never takes text for markup.
QLabel *label(const QString &text, Text role = Text::Body, QWidget *parent = nullptr);

} // namespace Banister::Style
