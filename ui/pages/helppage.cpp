// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/helppage.h"

#include "base/errorcatalogue.h"
#include "ui/style/style.h"
#include "ui/widgets/explanationview.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QSplitter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Banister {

HelpPage::HelpPage(const ErrorCatalogue &catalogue, QWidget *parent)
    : Page(tr("Help with an error", "@title"), parent)
    , m_codes(catalogue.codes())
    , m_search(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_explanation(new ExplanationView(catalogue, this))
{
    setSubtitle(tr("Type the error code that a log or a forum post names."));
    m_found.setSourceModel(&m_codes);
    m_found.setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_search->setObjectName(u"searchCode"_s);
    m_search->setClearButtonEnabled(true);
    m_search->addAction(Style::icon(u"search"_s), QLineEdit::LeadingPosition);
    m_search->setAccessibleName(tr("Error code"));
    m_search->setPlaceholderText(tr("ERR_DATABASE_BACKUP_FAILED"));
    m_list->setModel(&m_found);
    m_list->setAccessibleName(tr("Error codes"));
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    auto *splitter = new QSplitter(this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_list);
    splitter->addWidget(m_explanation);
    constexpr int Wide = 300;
    splitter->setSizes({Wide, Wide * 2});
    body()->addWidget(m_search);
    body()->addWidget(splitter, 1);

    connect(m_list->selectionModel(),
            &QItemSelectionModel::currentChanged,
            this,
            [this](const QModelIndex &index) {
                if (index.isValid())
                    m_explanation->showCode(ErrorCode::fromString(index.data().toString()));
            });
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_found.setFilterFixedString(text.trimmed());
        m_list->setCurrentIndex(m_found.index(0, 0));
    });
    m_list->setCurrentIndex(m_found.index(0, 0));
}

} // namespace Banister
