// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/windowdriver.h"

#include "base/translations.h"

#include <QAbstractItemView>
#include <QDir>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QListWidget>
#include <QMetaEnum>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>
#include <QThread>
#include <QTranslator>

namespace Banister::Test {

namespace {

QPalette darkPalette()
{
    const QColor window(0x2b, 0x2b, 0x2e);
    const QColor base(0x1f, 0x1f, 0x22);
    const QColor text(0xe8, 0xe8, 0xea);
    const QColor quiet(0x80, 0x80, 0x86);
    QPalette palette;
    for (const auto role : {QPalette::Window, QPalette::Button, QPalette::AlternateBase})
        palette.setColor(role, window);
    for (const auto role : {QPalette::Base, QPalette::ToolTipBase})
        palette.setColor(role, base);
    for (const auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText})
        palette.setColor(role, text);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, quiet);
    palette.setColor(QPalette::PlaceholderText, quiet);
    palette.setColor(QPalette::Highlight, QColor(0x2f, 0x65, 0xa8));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, QColor(0x8c, 0xc4, 0xff));
    palette.setColor(QPalette::Light, QColor(0x45, 0x45, 0x4a));
    palette.setColor(QPalette::Midlight, QColor(0x38, 0x38, 0x3c));
    palette.setColor(QPalette::Mid, QColor(0x24, 0x24, 0x27));
    palette.setColor(QPalette::Dark, QColor(0x18, 0x18, 0x1a));
    palette.setColor(QPalette::Shadow, Qt::black);
    return palette;
}

/// Every word gets a tail, as long as words of other languages are.
class LongTexts : public QTranslator
{
public:
    QString translate(const char *, const char *source, const char *, int) const override
    {
        static const QStringList tails{"ungs", "", "verhältnis", "", "arbeiten"};
        QString result;
        const auto words = QString::fromUtf8(source).split(' ');
        qsizetype number = 0;
        for (const auto &word : words) {
            result += result.isEmpty() ? "" : " ";
            const bool isWord = word.size() > 3 && word.back().isLetter() && !word.contains('%')
                                && !word.contains('/') && !word.contains('_');
            result += isWord ? word + tails.at(number++ % tails.size()) : word;
        }
        return result;
    }
    bool isEmpty() const override { return false; }
};

} // namespace

bool MeteredApplication::notify(QObject *receiver, QEvent *event)
{
    if (QThread::currentThread() != thread())
        return QApplication::notify(receiver, event);
    // The receiver may be gone afterwards.
    const auto *type = receiver->metaObject();
    const auto kind = event->type();
    QElapsedTimer time;
    time.start();
    ++m_depth;
    const auto isTaken = QApplication::notify(receiver, event);
    --m_depth;
    const std::chrono::milliseconds taken(time.elapsed());
    if (!m_isPaused && m_depth == 0 && taken > m_longest) {
        m_longest = taken;
        m_longestEvent = QString("%1, %2").arg(
            type->className(), QMetaEnum::fromType<QEvent::Type>().valueToKey(kind));
    }
    return isTaken;
}

MeteredApplication &MeteredApplication::self()
{
    return *dynamic_cast<MeteredApplication *>(qApp);
}

WindowDriver::WindowDriver(const QString &folder)
    : m_store(folder + "/sites.json")
{
    auto catalogue = ErrorCatalogue::load();
    m_catalogue = std::make_unique<ErrorCatalogue>(std::move(catalogue).value());
    m_window = std::make_unique<MainWindow>(Services{m_assistant, m_store, *m_catalogue});
    m_window->show();
    m_window->activateWindow();
}

QWidget *WindowDriver::findWidget(const QString &name) const
{
    for (const QWidget *parent : {static_cast<QWidget *>(m_window->currentPage()),
                                  static_cast<QWidget *>(m_window.get())}) {
        const auto found = parent->findChildren<QWidget *>(name);
        for (auto *widget : found) {
            if (widget->isVisible())
                return widget;
        }
    }
    return nullptr;
}

bool WindowDriver::canClick(const QString &name) const
{
    const auto *widget = findWidget(name);
    return widget && widget->isEnabled();
}

bool WindowDriver::click(const QString &name)
{
    if (!canClick(name))
        return false;
    auto *widget = findWidget(name);
    // A check box answers where its box is.
    const auto place = widget->inherits("QCheckBox")
                           ? QPoint(widget->height() / 2, widget->height() / 2)
                           : widget->rect().center();
    QTest::mouseClick(widget, Qt::LeftButton, {}, place);
    return true;
}

bool WindowDriver::type(const QString &name, const QString &text, bool leaves)
{
    auto *field = find<QLineEdit>(name);
    if (!field || !field->isEnabled())
        return false;
    QTest::mouseClick(field, Qt::LeftButton);
    QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
    // keyClicks() takes ASCII only.
    for (const auto letter : text)
        QTest::sendKeyEvent(QTest::Click, field, Qt::Key_unknown, QString(letter), {});
    if (leaves)
        QTest::keyClick(field, Qt::Key_Tab);
    return field->text() == text;
}

bool WindowDriver::press(const QString &name, Qt::Key key)
{
    auto *widget = findWidget(name);
    if (!widget || !widget->isEnabled())
        return false;
    widget->setFocus();
    QTest::keyClick(widget, key);
    return true;
}

bool WindowDriver::chooseRow(const QString &view, int row)
{
    auto *list = find<QAbstractItemView>(view);
    if (!list || row >= list->model()->rowCount())
        return false;
    const auto index = list->model()->index(row, 0);
    list->scrollTo(index);
    const auto place = list->visualRect(index);
    QTest::mouseClick(
        list->viewport(), Qt::LeftButton, {}, {place.left() + 40, place.center().y()});
    return list->currentIndex() == index;
}

bool WindowDriver::chooseTab(const QString &tabs, int index)
{
    auto *widget = find<QTabWidget>(tabs);
    if (!widget)
        return false;
    auto *bar = widget->tabBar();
    QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(index).center());
    return widget->currentIndex() == index;
}

bool WindowDriver::canGoTo(Line line) const
{
    return find<QListWidget>("navigation")->item(int(line))->flags().testFlag(Qt::ItemIsEnabled);
}

bool WindowDriver::goTo(Line line)
{
    return canGoTo(line) && chooseRow("navigation", int(line));
}

QStringList WindowDriver::texts(const QString &view, int role) const
{
    QStringList result;
    const auto *list = find<QAbstractItemView>(view);
    for (int row = 0; list && row < list->model()->rowCount(); ++row)
        result.append(list->model()->index(row, 0).data(role).toString());
    return result;
}

void WindowDriver::takePictures(const QString &name)
{
    const auto folder = qEnvironmentVariable("BANISTER_PICTURES");
    if (folder.isEmpty() || !QDir().mkpath(folder))
        return;
    auto &meter = MeteredApplication::self();
    meter.pause(true);
    const auto save = [&](const QString &look) {
        QTest::qWait(50);
        m_window->grab().save(folder + '/' + name + '-' + look + ".png");
    };
    const QSize size = m_window->size();
    const auto light = QApplication::palette();
    if (hasLongTexts()) {
        save("long");
    } else {
        save("light");
        QApplication::setPalette(darkPalette());
        save("dark");
        QApplication::setPalette(light);
    }
    m_window->resize(900, 600);
    save(hasLongTexts() ? "long-small" : "small");
    m_window->resize(size);
    QTest::qWait(20);
    meter.pause(false);
}

bool hasLongTexts()
{
    return qEnvironmentVariableIsSet("BANISTER_LONG_TEXTS");
}

void installTexts()
{
    installTranslations();
    if (!hasLongTexts())
        return;
    auto *texts = new LongTexts;
    texts->setParent(qApp);
    QCoreApplication::installTranslator(texts);
}

} // namespace Banister::Test
