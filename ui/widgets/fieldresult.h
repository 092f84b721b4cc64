// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/style.h"

#include <QWidget>

class QLabel;

namespace Banister {

/// What a test of a field found; an icon and a sentence.
struct FieldVerdict
{
    Style::Tone tone = Style::Tone::Neutral;
    QString text; ///< empty: nothing to tell
};

/// Stands below a field and shows the verdict on it.
class FieldResult : public QWidget
{
    Q_OBJECT

public:
    explicit FieldResult(QWidget *parent = nullptr);

    void setVerdict(const FieldVerdict &verdict);
    void setTesting();
    const FieldVerdict &verdict() const { return m_verdict; }

private:
    FieldVerdict m_verdict;
    QLabel *m_icon;
    QLabel *m_text;
};

} // namespace Banister
