// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QBoxLayout;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace Banister {

class MessageBanner;

/// What all pages have: a title, a sentence below it, room for messages, the content, and a row of
/// buttons, the one that leads on at the end.
class Page : public QWidget
{
    Q_OBJECT

public:
    explicit Page(const QString &title, QWidget *parent = nullptr);

    MessageBanner &banner() { return *m_banner; }
    QString title() const;

protected:
    void setTitle(const QString &title);
    void setSubtitle(const QString &text);
    QVBoxLayout *body() { return m_body; }
    /// A button at the beginning of the row: ways aside.
    QPushButton *addAside(const QString &text, const QString &icon, const QString &name);
    /// A button at the end of the row: the way on.
    QPushButton *addOnward(const QString &text, const QString &icon, const QString &name);

private:
    QLabel *m_title;
    QLabel *m_subtitle;
    MessageBanner *m_banner;
    QVBoxLayout *m_body;
    QHBoxLayout *m_asides;
    QHBoxLayout *m_onwards;
};

} // namespace Banister
