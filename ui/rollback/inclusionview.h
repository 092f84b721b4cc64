// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "assistant/assistant.h"
#include "database/selectioncheck.h"
#include "ui/models/choicemodel.h"
#include "ui/support/background.h"
#include "ui/support/pointcontents.h"
#include "ui/support/services.h"

#include <QWidget>

class QButtonGroup;
class QCheckBox;
class QLabel;
class QStackedWidget;

namespace Banister {

class LineView;

/// What of a restore point comes back, and whether the present state is kept.
class InclusionView : public QWidget
{
    Q_OBJECT

public:
    explicit InclusionView(const Services &services, QWidget *parent = nullptr);

    /// Everything is chosen, and the present state is kept.
    void open(const SiteSettings &settings, const RestorePoint &point);
    void clear(); ///< the next open() begins anew
    RollbackWish wish() const;
    /// Whether something is chosen, nothing known makes it unsafe, and all is looked at.
    bool isComplete() const;
    const PointContents &contents() const { return m_contents; }

signals:
    void changed();

private:
    enum Part { Everything, Files, Database, SomeFolders, SomeTables };

    Part part() const;
    QWidget *makeList(LineView *view, ChoiceModel *model, QLabel *below);
    void showContents(const PointContents &contents);
    void showPart();
    void showKeeping();
    void checkTables();
    void showFindings(const Result<QList<SelectionFinding>> &findings);

    const Services m_services;
    SiteSettings m_settings;
    RestorePoint m_point;
    PointContents m_contents;
    bool m_isUnsafe = false;
    ChoiceModel m_folders;
    ChoiceModel m_tables;
    QButtonGroup *m_parts;
    QStackedWidget *m_lists;
    QLabel *m_about;
    LineView *m_folderView;
    LineView *m_tableView;
    QLabel *m_folderText;
    QLabel *m_findings;
    QCheckBox *m_keeps;
    QLabel *m_keepsText;
    Background m_reading;
    Background m_checking;
};

} // namespace Banister
