// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/style.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

// A static library's resources are linked in by naming them, outside of any namespace.
static void initResources()
{
    Q_INIT_RESOURCE(ui);
}

namespace Banister::Style {

namespace {

class PaletteIcon : public QIconEngine
{
public:
    explicit PaletteIcon(QString name)
        : m_name(std::move(name))
    {}

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        const auto palette = QGuiApplication::palette();
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        const auto role =
            mode == QIcon::Selected ? QPalette::HighlightedText : QPalette::WindowText;
        return Style::pixmap(m_name, size, palette.color(group, role));
    }
    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const auto ratio = painter->device()->devicePixelRatioF();
        painter->drawPixmap(rect, pixmap((QSizeF(rect.size()) * ratio).toSize(), mode, state));
    }
    QIconEngine *clone() const override { return new PaletteIcon(m_name); }

private:
    QString m_name;
};

} // namespace

QPixmap pixmap(const QString &name, const QSize &size, const QColor &colour)
{
    [[maybe_unused]] static const bool isReady = (initResources(), true);
    const auto key =
        u"banister/%1/%2x%3/%4"_s.arg(name).arg(size.width()).arg(size.height()).arg(colour.rgba());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QSvgRenderer(u":/icons/"_s + name + u".svg"_s).render(&painter, QRectF({}, QSizeF(size)));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), colour);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QIcon icon(const QString &name)
{
    return QIcon(new PaletteIcon(name));
}

} // namespace Banister::Style
