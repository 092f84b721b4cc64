// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollback/inclusionview.h"

#include "ui/style/style.h"
#include "ui/support/wording.h"
#include "ui/widgets/lineview.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QLabel>
#include <QLocale>
#include <QRadioButton>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Banister {

InclusionView::InclusionView(const Services &services, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_parts(new QButtonGroup(this))
    , m_lists(new QStackedWidget(this))
    , m_about(Style::label({}, Style::Text::Body, this))
    , m_folderView(new LineView(tr("Folders and files of the restore point"), this))
    , m_tableView(new LineView(tr("Tables of the restore point"), this))
    , m_folderText(Style::label({}, Style::Text::Small, this))
    , m_findings(Style::label({}, Style::Text::Small, this))
    , m_keeps(new QCheckBox(tr("&Keep the present state", "@action"), this))
    , m_keepsText(Style::label({}, Style::Text::Small, this))
{
    auto *parts = new QVBoxLayout;
    parts->setSpacing(Style::Gap);
    const auto add = [this, parts](Part part, const QString &text, const QString &name) {
        auto *button = new QRadioButton(text, this);
        button->setObjectName(name);
        m_parts->addButton(button, part);
        parts->addWidget(button);
    };
    add(Everything, tr("&Everything", "@action"), u"includeEverything"_s);
    add(Files, tr("Only the &files", "@action"), u"includeFiles"_s);
    add(Database, tr("Only the &database", "@action"), u"includeDatabase"_s);
    add(SomeFolders, tr("Some f&olders", "@action"), u"includeFolders"_s);
    add(SomeTables, tr("Some &tables", "@action"), u"includeTables"_s);
    parts->addStretch();

    m_folderView->setObjectName(u"folderChoice"_s);
    m_tableView->setObjectName(u"tableChoice"_s);
    m_findings->setObjectName(u"tableFindings"_s);
    m_about->setObjectName(u"includeText"_s);
    m_about->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_folderText->setText(tr("These folders become what they were; all others stay as they are."));
    m_lists->addWidget(m_about);
    m_lists->addWidget(makeList(m_folderView, &m_folders, m_folderText));
    m_lists->addWidget(makeList(m_tableView, &m_tables, m_findings));

    m_keeps->setObjectName(u"keepPresent"_s);
    auto *upper = new QHBoxLayout;
    upper->setSpacing(Style::PageMargin);
    upper->addLayout(parts);
    upper->addWidget(m_lists, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Style::Gap);
    layout->addLayout(upper, 1);
    layout->addWidget(m_keeps);
    layout->addWidget(m_keepsText);

    connect(m_parts, &QButtonGroup::idToggled, this, [this](int, bool isOn) {
        if (isOn)
            showPart();
    });
    connect(&m_folders, &ChoiceModel::choiceChanged, this, &InclusionView::changed);
    connect(&m_tables, &ChoiceModel::choiceChanged, this, &InclusionView::checkTables);
    connect(m_keeps, &QCheckBox::toggled, this, [this] {
        showKeeping();
        emit changed();
    });
    setFocusProxy(m_parts->button(Everything));
}

QWidget *InclusionView::makeList(LineView *view, ChoiceModel *model, QLabel *below)
{
    view->setModel(model);
    auto *widget = new QWidget(m_lists);
    auto *layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Style::Gap);
    layout->addWidget(view, 1);
    layout->addWidget(below);
    return widget;
}

InclusionView::Part InclusionView::part() const
{
    return Part(m_parts->checkedId());
}

void InclusionView::open(const SiteSettings &settings, const RestorePoint &point)
{
    if (m_point.folder == point.folder && m_settings.folder == settings.folder)
        return;
    m_settings = settings;
    m_point = point;
    m_contents = {};
    m_folders.setLines({});
    m_tables.setLines({});
    m_parts->button(Everything)->setChecked(true);
    m_keeps->setChecked(true);
    showPart();
    showKeeping();
    m_reading.start([point](Monitor &) { return readContents(point); },
                    [this](const Result<PointContents> &contents) {
                        if (contents)
                            showContents(*contents);
                        else if (contents.isError())
                            m_folderText->setText(factsOf(contents.error()));
                    });
}

void InclusionView::showContents(const PointContents &contents)
{
    m_contents = contents;
    QList<ChoiceModel::Line> folders;
    for (const auto &entry : contents.entries) {
        const auto size = sizeText(entry.bytes);
        folders.append({entry.isFolder ? u"folder"_s : u"log"_s,
                        entry.name,
                        entry.isFolder
                            ? tr("%Ln file(s)", nullptr, int(entry.files)) + u", "_s + size
                            : size});
    }
    QList<ChoiceModel::Line> tables;
    for (const auto &table : contents.tables)
        tables.append({u"plan"_s, table.name, tr("%Ln row(s)", nullptr, int(table.rows))});
    m_folders.setLines(folders);
    m_tables.setLines(tables);
    m_folderView->setCurrentIndex(m_folders.index(0));
    m_tableView->setCurrentIndex(m_tables.index(0));
}

void InclusionView::showPart()
{
    switch (part()) {
    case Everything:
        m_about->setText(
            tr("All files and all tables become what they were when the restore point was made. "
               "This is what brings a site back that no longer works."));
        break;
    case Files:
        m_about->setText(
            tr("All files become what they were; the database stays as it is. A program of one "
               "version seldom works with a database of another."));
        break;
    case Database:
        m_about->setText(
            tr("All tables become what they were; the files stay as they are. A program of one "
               "version seldom works with a database of another."));
        break;
    case SomeFolders:
    case SomeTables:
        break;
    }
    m_lists->setCurrentIndex(part() == SomeFolders ? 1 : part() == SomeTables ? 2 : 0);
    checkTables();
}

void InclusionView::showKeeping()
{
    m_keepsText->setText(
        m_keeps->isChecked()
            ? tr("The site as it is now becomes a restore point first, so that this rollback can "
                 "itself be rolled back. It takes time and room as a backup does.")
            : tr("What the site has now and the restore point has not is lost for good: this "
                 "rollback cannot be rolled back."));
}

void InclusionView::clear()
{
    m_reading.cancel();
    m_checking.cancel();
    m_point = {};
}

RollbackWish InclusionView::wish() const
{
    RollbackWish wish;
    wish.keepsPresent = m_keeps->isChecked();
    auto &selection = wish.selection;
    selection.files = part() == Everything || part() == Files || part() == SomeFolders;
    selection.database = part() == Everything || part() == Database || part() == SomeTables;
    if (part() == SomeFolders)
        selection.paths = m_folders.chosen();
    else if (part() == SomeTables)
        selection.tables = m_tables.chosen();
    return wish;
}

bool InclusionView::isComplete() const
{
    if (part() == SomeFolders)
        return !m_folders.chosen().isEmpty();
    if (part() == SomeTables)
        return !m_tables.chosen().isEmpty() && !m_isUnsafe && !m_checking.isRunning();
    return true;
}

void InclusionView::checkTables()
{
    m_checking.cancel();
    m_isUnsafe = false;
    const auto tables = m_tables.chosen();
    m_findings->setText(
        tr("These tables get the rows that they had; all others stay as they are."));
    if (part() == SomeTables && !tables.isEmpty()) {
        m_checking.start(
            [services = m_services, settings = m_settings, point = m_point, tables](
                Monitor &monitor) {
                return services.assistant.checkTables(settings, point, tables, monitor);
            },
            [this](const Result<QList<SelectionFinding>> &findings) {
                showFindings(findings);
                emit changed();
            });
        m_findings->setText(tr("Looking whether these tables fit those that stay…"));
    }
    emit changed();
}

void InclusionView::showFindings(const Result<QList<SelectionFinding>> &findings)
{
    if (findings.isError()) {
        m_isUnsafe = true;
        m_findings->setText(factsOf(findings.error()));
    }
    if (!findings || findings->isEmpty()) {
        if (findings)
            m_findings->setText(tr("These tables fit those that stay as they are."));
        return;
    }
    constexpr qsizetype Most = 4;
    QStringList sentences;
    for (const auto &finding : *findings) {
        const bool blocks = finding.severity() == SelectionFinding::Severity::Blocking;
        m_isUnsafe = m_isUnsafe || blocks;
        if (sentences.size() < Most)
            sentences.append((blocks ? tr("Not possible: %1") : tr("Mind: %1")).arg(finding.text));
    }
    if (findings->size() > Most)
        sentences.append(tr("%Ln more finding(s).", nullptr, int(findings->size() - Most)));
    m_findings->setText(sentences.join(u'\n'));
}

} // namespace Banister
