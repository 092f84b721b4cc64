// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollback/tablesloss.h"

#include "assistant/assistant.h"
#include "ui/style/style.h"
#include "ui/widgets/fieldresult.h"
#include "ui/widgets/lineview.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

/// "rows-2026-11-21", or with a number where that is taken.
QString newFolderIn(const QString &parent)
{
    const auto usual =
        QDir(parent).filePath(u"rows-"_s + QDate::currentDate().toString(Qt::ISODate));
    auto folder = usual;
    for (int number = 2; QFileInfo::exists(folder); ++number)
        folder = usual + u'-' + QString::number(number);
    return folder;
}

} // namespace

TablesLoss::TablesLoss(const Services &services, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_view(new LineView(tr("Tables that differ"), this))
    , m_about(Style::label({}, Style::Text::Small, this))
    , m_rows(new QTableView(this))
    , m_button(
          new QPushButton(Style::icon(u"save"_s), tr("E&xport the new rows…", "@action"), this))
    , m_result(new FieldResult(this))
{
    m_view->setObjectName(u"lostTables"_s);
    m_view->setModel(&m_model);
    m_rows->setObjectName(u"lostRows"_s);
    m_rows->setAccessibleName(tr("Rows of the chosen table"));
    m_rows->setModel(&m_samples);
    m_rows->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_rows->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_rows->setTabKeyNavigation(false);
    m_rows->setWordWrap(false);
    m_rows->verticalHeader()->hide();
    m_rows->verticalHeader()->setDefaultSectionSize(m_rows->fontMetrics().height() + Style::Gap);
    m_rows->horizontalHeader()->setHighlightSections(false);
    m_rows->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_button->setObjectName(u"exportRows"_s);
    m_button->setToolTip(tr("Writes the rows that were added or changed since the restore point, "
                            "as CSV and SQL, into a new folder"));
    m_result->setObjectName(u"exportResult"_s);

    auto *side = new QWidget(this);
    auto *sideLayout = new QVBoxLayout(side);
    sideLayout->setContentsMargins(0, 0, 0, 0);
    sideLayout->addWidget(m_about);
    sideLayout->addWidget(m_rows, 1);
    auto *splitter = new QSplitter(this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_view);
    splitter->addWidget(side);
    constexpr int Wide = 400;
    splitter->setSizes({Wide, Wide});
    auto *row = new QHBoxLayout;
    row->addWidget(m_button);
    row->addWidget(m_result, 1);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(splitter, 1);
    layout->addLayout(row);
    connect(m_view, &LineView::currentRowChanged, this, &TablesLoss::showCurrent);
    connect(m_button, &QPushButton::clicked, this, &TablesLoss::askForFolder);
}

void TablesLoss::clear()
{
    m_exporting.cancel();
    m_export = {};
    m_tables.clear();
    m_model.setLines({});
    m_samples.clear();
    m_about->clear();
    m_result->setVerdict({});
    m_button->setEnabled(false);
}

void TablesLoss::show(const SiteSettings &settings,
                      const RestorePoint &point,
                      const QList<TableRowDiff> &tables)
{
    clear();
    m_tables = tables;
    m_export = [services = m_services, settings, point](const QString &folder, Monitor &monitor) {
        return services.assistant.exportRows(settings, point, folder, {}, monitor);
    };
    m_model.setLines(linesOf(tables));
    m_button->setEnabled(std::any_of(tables.begin(), tables.end(), [](const auto &table) {
        return table.added > 0 || table.changed > 0;
    }));
    if (tables.isEmpty())
        m_about->setText(tr("All tables are as they were."));
    else
        m_view->setCurrentIndex(m_model.index(0));
}

void TablesLoss::showCurrent()
{
    const auto row = m_view->currentIndex().row();
    if (row < 0 || row >= m_tables.size())
        return;
    const auto &table = m_tables.at(row);
    m_samples.setTable(table);
    QStringList sentences;
    const auto shown = m_samples.rowCount();
    const auto all = std::max<qint64>(0, table.added) + std::max<qint64>(0, table.changed)
                     + std::max<qint64>(0, table.removed);
    if (shown > 0 && shown < all)
        sentences.append(tr("%1 of %2 rows, as examples.")
                             .arg(QLocale().toString(shown), QLocale().toString(all)));
    sentences.append(columnsText(table));
    m_about->setText(sentences.join(u' ').trimmed());
    m_about->setVisible(!m_about->text().isEmpty());
    constexpr int Widest = 220;
    m_rows->resizeColumnsToContents();
    for (int column = 0; column < m_samples.columnCount(); ++column)
        m_rows->setColumnWidth(column, std::min(Widest, m_rows->columnWidth(column)));
}

void TablesLoss::askForFolder()
{
    auto *dialog = new QFileDialog(this, tr("Make a folder with the rows in"), QDir::homePath());
    dialog->setObjectName(u"exportDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &TablesLoss::exportTo);
    dialog->open();
}

void TablesLoss::exportTo(const QString &parentFolder)
{
    if (!m_export)
        return;
    m_button->setEnabled(false);
    m_result->setVerdict({Style::Tone::Active, tr("Writing the rows…")});
    m_exporting.start(
        [write = m_export, parentFolder](Monitor &monitor) {
            return write(newFolderIn(parentFolder), monitor);
        },
        [this](const Result<RowExport> &exported) {
            m_button->setEnabled(true);
            if (exported)
                m_result->setVerdict(
                    {Style::Tone::Good,
                     tr("%1 and %2 are in %3.", "added rows, changed rows, folder")
                         .arg(tr("%Ln added row(s)", nullptr, int(exported->added)),
                              tr("%Ln changed row(s)", nullptr, int(exported->changed)),
                              QDir::toNativeSeparators(exported->folder))});
            else if (exported.isError())
                m_result->setVerdict({Style::Tone::Bad, factsOf(exported.error())});
        });
}

} // namespace Banister
