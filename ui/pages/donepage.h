// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "assistant/sitestatus.h"
#include "products/sitesettings.h"
#include "ui/pages/page.h"

class QTextBrowser;

namespace Banister {

/// After a run: what was done, what is left for the person, where the restore point is.
class DonePage : public Page
{
    Q_OBJECT

public:
    explicit DonePage(QWidget *parent = nullptr);

    /// Nothing where no run of the site is finished.
    void show(const SiteSettings &settings, const SiteStatus &status);
    bool isEmpty() const { return m_isEmpty; }

signals:
    void logWanted();
    void rollbackWanted();
    void sitesWanted();

protected:
    void showEvent(QShowEvent *event) override;

private:
    bool m_isEmpty = true;
    QTextBrowser *m_text;
    QPushButton *m_rollback;
};

} // namespace Banister
