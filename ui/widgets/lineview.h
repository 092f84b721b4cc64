// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>

namespace Banister {

/// A list of lines painted by LineDelegate; tells when the current line changes, also by a reset.
class LineView : public QListView
{
    Q_OBJECT

public:
    /// \param name for assistive technology: "Steps of this run"
    explicit LineView(const QString &name, QWidget *parent = nullptr);
    /// No higher than its lines, with the given number of them at least.
    void setFitsLines(int atLeast);

signals:
    void currentRowChanged(const QModelIndex &index);

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    /// A current line that was to be seen stays so: messages take room when they appear.
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitLines();

    int m_fewestLines = 0; ///< 0: does not fit itself to its lines
};

} // namespace Banister
