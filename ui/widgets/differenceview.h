// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

class QSyntaxHighlighter;

namespace Banister {

/// A unified difference: what goes and what comes, told by the signs and by colours.
class DifferenceView : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit DifferenceView(QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    QSyntaxHighlighter *m_highlighter;
};

} // namespace Banister
