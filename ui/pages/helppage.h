// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"

#include <QSortFilterProxyModel>
#include <QStringListModel>

class QLineEdit;
class QListView;

namespace Banister {

class ErrorCatalogue;
class ExplanationView;

/// Explains any error code, without a site.
class HelpPage : public Page
{
    Q_OBJECT

public:
    explicit HelpPage(const ErrorCatalogue &catalogue, QWidget *parent = nullptr);

private:
    QStringListModel m_codes;
    QSortFilterProxyModel m_found;
    QLineEdit *m_search;
    QListView *m_list;
    ExplanationView *m_explanation;
};

} // namespace Banister
