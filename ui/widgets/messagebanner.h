// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/style.h"

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace Banister {

/// A message within a page, with what can be done about it. Never a dialog.
class MessageBanner : public QFrame
{
    Q_OBJECT

public:
    explicit MessageBanner(QWidget *parent = nullptr);

    /// Replaces the message and takes the buttons of the former away.
    void show(Style::Tone tone, const QString &text);
    /// Of the message shown now; it is hidden when the button is clicked.
    QPushButton *addAction(const QString &text);
    QString text() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyTone();

    Style::Tone m_tone = Style::Tone::Neutral;
    QLabel *m_icon;
    QLabel *m_text;
    QHBoxLayout *m_actions;
    bool m_isApplying = false;
};

} // namespace Banister
