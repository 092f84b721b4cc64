// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/lossmodels.h"
#include "ui/support/background.h"
#include "ui/support/services.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTableView;

namespace Banister {

class FieldResult;
class LineView;
struct SiteSettings;

/// The tables that differ from a restore point, the rows of the chosen one, and their export.
class TablesLoss : public QWidget
{
    Q_OBJECT

public:
    explicit TablesLoss(const Services &services, QWidget *parent = nullptr);

    void clear();
    void show(const SiteSettings &settings,
              const RestorePoint &point,
              const QList<TableRowDiff> &tables);

private:
    void showCurrent();
    void askForFolder();
    void exportTo(const QString &parentFolder);

    const Services m_services;
    std::function<Result<RowExport>(const QString &folder, Monitor &monitor)> m_export;
    QList<TableRowDiff> m_tables;
    PlainModel m_model;
    RowSamplesModel m_samples;
    LineView *m_view;
    QLabel *m_about;
    QTableView *m_rows;
    QPushButton *m_button;
    FieldResult *m_result;
    Background m_exporting;
};

} // namespace Banister
