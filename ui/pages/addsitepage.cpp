// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/addsitepage.h"

#include "assistant/assistant.h"
#include "assistant/sitestore.h"
#include "ui/style/style.h"
#include "ui/support/sitetests.h"
#include "ui/widgets/fieldresult.h"
#include "ui/widgets/messagebanner.h"

#include <QComboBox>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QTimer>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr int HighestPort = 65535;
constexpr int LabelWidth = 150;

} // namespace

AddSitePage::AddSitePage(const Services &services, QWidget *parent)
    : Page(tr("Add a site", "@title"), parent)
    , m_services(services)
    , m_port(new QSpinBox(this))
    , m_area(new QScrollArea(this))
    , m_tls(new QComboBox(this))
{
    setAcceptDrops(true);
    setSubtitle(
        tr("Choose the site's folder, or drop it here. The rest is read from its configuration; "
           "correct what differs from this computer."));
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setFocusPolicy(Qt::NoFocus);
    auto *fields = new QWidget(m_area);
    auto *layout = new QVBoxLayout(fields);
    layout->setContentsMargins(0, 0, Style::SmallGap, 0);
    layout->setSpacing(Style::SmallGap);
    m_area->setWidget(fields);
    body()->addWidget(m_area, 1);

    auto *form = addGroup(tr("Site", "@title"), fields);
    m_folder = addField(form, tr("&Folder"), u"folder"_s, Choose::Folder);
    m_folderResult = addResult(form);
    m_package = addField(form, tr("&Upgrade package"), u"package"_s, Choose::File);
    m_package->setPlaceholderText(tr("Zip file or address; empty: what the makers offer"));
    m_packageResult = addResult(form);
    m_original = addField(form, tr("&Original package"), u"originalPackage"_s, Choose::File);
    m_original->setPlaceholderText(tr("Of the present version; tells which files were changed"));
    m_originalResult = addResult(form);
    m_backup = addField(form, tr("&Backup folder"), u"backupFolder"_s, Choose::Folder);
    m_backup->setPlaceholderText(tr("Beside the site's folder, or within it"));
    m_backupResult = addResult(form);

    form = addGroup(tr("Database", "@title"), fields);
    m_host = addField(form, tr("&Host"), u"databaseHost"_s);
    m_port->setRange(0, HighestPort);
    m_port->setObjectName(u"databasePort"_s);
    m_port->setSpecialValueText(configuredPort(0));
    m_port->setAccessibleName(tr("Database port"));
    addBeside(form, tr("Po&rt"), m_port);
    m_user = addField(form, tr("User &name"), u"databaseUser"_s);
    m_password = new QLineEdit(this);
    m_password->setObjectName(u"databasePassword"_s);
    m_password->setAccessibleName(tr("Password"));
    addBeside(form, tr("Pass&word"), m_password);
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setPlaceholderText(tr("As configured; never stored"));
    m_databaseResult = addResult(form);

    form = addGroup(tr("PHP", "@title"), fields);
    m_php = addField(form, tr("&Command"), u"phpCommand"_s);
    m_php->setPlaceholderText(tr("php, or a wrapper such as: ssh web1 php"));
    m_phpResult = addResult(form);
    m_server = addField(form, tr("Folder on the ser&ver"), u"serverFolder"_s);
    m_server->setPlaceholderText(tr("The same as above"));
    m_moreFields = addMore(fields);
    layout->addWidget(m_moreFields);
    layout->addStretch();

    m_more = addAside(tr("&More", "@action"), u"add"_s, u"moreFields"_s);
    m_more->setCheckable(true);
    m_more->setToolTip(tr("Encryption and socket of the database, and the package's sum"));
    connect(m_more, &QPushButton::toggled, this, &AddSitePage::showMore);
    auto *cancel = addAside(tr("Cancel", "@action"), u"back"_s, u"cancelSite"_s);
    m_save = addOnward(tr("&Save and check", "@action"), u"next"_s, u"saveSite"_s);
    m_save->setEnabled(false);
    connect(cancel, &QPushButton::clicked, this, &AddSitePage::cancelled);
    connect(m_save, &QPushButton::clicked, this, &AddSitePage::save);
    connect(m_folder, &QLineEdit::textEdited, this, &AddSitePage::folderTyped);
    testWhenTyped(m_folder, &AddSitePage::testFolder);
    for (auto *field : {m_host, m_user, m_password, m_socket, m_caFile})
        testWhenTyped(field, &AddSitePage::testDatabase);
    connect(m_port, &QSpinBox::editingFinished, this, &AddSitePage::testDatabase);
    connect(m_tls, &QComboBox::activated, this, &AddSitePage::testDatabase);
    testWhenTyped(m_php, &AddSitePage::testPhp);
    for (auto *field : {m_package, m_original, m_backup, m_caFile, m_sum})
        testWhenTyped(field, &AddSitePage::testPlaces);
}

void AddSitePage::testWhenTyped(QLineEdit *field, void (AddSitePage::*test)())
{
    constexpr std::chrono::milliseconds Pause(400);
    auto *timer = new QTimer(field);
    timer->setSingleShot(true);
    timer->setInterval(Pause);
    connect(timer, &QTimer::timeout, this, test);
    connect(field, &QLineEdit::textEdited, timer, qOverload<>(&QTimer::start));
    connect(field, &QLineEdit::editingFinished, this, [this, timer, test] {
        timer->stop();
        (this->*test)();
    });
}

QWidget *AddSitePage::addMore(QWidget *parent)
{
    auto *more = new QWidget(parent);
    auto *layout = new QVBoxLayout(more);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Style::SmallGap);
    auto *form = addGroup(tr("More", "@title"), more);
    using Tls = DatabaseSettings::Tls;
    m_tls->addItem(tr("Not asked for"), int(Tls::Off));
    m_tls->addItem(tr("Required"), int(Tls::Required));
    m_tls->addItem(tr("Required, with a certificate that is checked"), int(Tls::Verified));
    m_tls->setObjectName(u"databaseTls"_s);
    m_tls->setAccessibleName(tr("Encryption of the database connection"));
    auto *title = new QLabel(tr("&Encryption"), more);
    title->setMinimumWidth(LabelWidth);
    title->setBuddy(m_tls);
    form->addRow(title, m_tls);
    m_caFile = addField(form, tr("Certificate &authority"), u"databaseCaFile"_s, Choose::File);
    m_caFile->setPlaceholderText(tr("File that the server's certificate is checked against"));
    m_caFileResult = addResult(form);
    m_socket = addField(form, tr("Soc&ket"), u"databaseSocket"_s, Choose::File);
    m_socket->setPlaceholderText(tr("As configured"));
    m_sum = addField(form, tr("Package's SHA-2&56"), u"packageSum"_s);
    m_sum->setPlaceholderText(tr("64 characters that the makers tell; empty: not checked"));
    m_sumResult = addResult(form);
    more->hide();
    return more;
}

void AddSitePage::showMore(bool isShown)
{
    m_moreFields->setVisible(isShown);
    if (!isShown)
        return;
    m_tls->setFocus();
    // Where it is, is known when the layout has been made.
    QTimer::singleShot(0, this, [this] { m_area->ensureWidgetVisible(m_sum); });
}

QString AddSitePage::configuredPort(int port)
{
    return port == 0 ? tr("As configured") : tr("As configured (%1)").arg(port);
}

QFormLayout *AddSitePage::addGroup(const QString &title, QWidget *parent)
{
    auto *layout = parent->layout();
    auto *label = Style::label(title, Style::Text::Heading, parent);
    label->setContentsMargins(0, Style::Gap, 0, 0);
    layout->addWidget(label);
    auto *holder = new QWidget(parent);
    auto *form = new QFormLayout(holder);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(Style::SmallGap);
    form->setHorizontalSpacing(Style::WideGap);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    layout->addWidget(holder);
    return form;
}

QLineEdit *
AddSitePage::addField(QFormLayout *form, const QString &label, const QString &name, Choose what)
{
    auto *field = new QLineEdit(this);
    field->setObjectName(name);
    auto plain = label;
    plain.remove(u'&');
    field->setAccessibleName(plain);
    auto *title = new QLabel(label, this);
    title->setMinimumWidth(LabelWidth);
    title->setBuddy(field);
    auto *row = new QHBoxLayout;
    row->setSpacing(Style::Gap);
    row->addWidget(field, 1);
    if (what != Choose::Nothing) {
        auto *button = new QToolButton(this);
        button->setIcon(Style::icon(u"folder"_s));
        button->setFocusPolicy(Qt::StrongFocus);
        button->setToolTip(tr("Choose…"));
        button->setAccessibleName(tr("Choose: %1").arg(plain));
        connect(button, &QToolButton::clicked, this, [this, field, what] { choose(field, what); });
        row->addWidget(button);
    }
    form->addRow(title, row);
    return field;
}

void AddSitePage::addBeside(QFormLayout *form, const QString &label, QWidget *field)
{
    auto *title = new QLabel(label, this);
    title->setBuddy(field);
    auto *row = qobject_cast<QHBoxLayout *>(
        form->itemAt(form->rowCount() - 1, QFormLayout::FieldRole)->layout());
    // As wide as the port with its longest text: the lines then end alike.
    field->setFixedWidth(field->fontMetrics().horizontalAdvance(configuredPort(HighestPort))
                         + 4 * Style::WideGap);
    row->addSpacing(Style::Gap);
    row->addWidget(title);
    row->addWidget(field);
}

FieldResult *AddSitePage::addResult(QFormLayout *form)
{
    auto *result = new FieldResult(this);
    form->addRow(QString(), result);
    return result;
}

void AddSitePage::choose(QLineEdit *field, Choose what)
{
    auto *dialog = new QFileDialog(this, tr("Choose"), field->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(what == Choose::Folder ? QFileDialog::Directory
                                               : QFileDialog::ExistingFile);
    if (what == Choose::Folder)
        dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, field, [field](const QString &path) {
        field->setText(path);
        emit field->editingFinished();
    });
    dialog->open();
}

void AddSitePage::edit(const SiteSettings &settings)
{
    m_before = settings;
    m_detection.reset();
    setTitle(settings.folder.isEmpty() ? tr("Add a site", "@title")
                                       : tr("Change a site", "@title"));
    banner().hide();
    m_folder->setText(settings.folder);
    m_package->setText(settings.package);
    m_original->setText(settings.originalPackage);
    m_backup->setText(settings.backupFolder);
    m_host->setText(settings.database.host);
    m_port->setValue(settings.database.port);
    m_user->setText(settings.database.user);
    m_password->setText(settings.database.password.value_or(QString()));
    m_php->setText(settings.phpCommand);
    m_server->setText(settings.serverFolder);
    m_tls->setCurrentIndex(m_tls->findData(int(settings.database.tls)));
    m_caFile->setText(settings.database.caFile);
    m_socket->setText(settings.database.socket);
    m_sum->setText(QString::fromLatin1(settings.packageSha256));
    const bool hasMore = m_tls->currentIndex() > 0 || !m_caFile->text().isEmpty()
                         || !m_socket->text().isEmpty() || !m_sum->text().isEmpty();
    m_more->setChecked(hasMore);
    for (auto *result : {m_folderResult, m_databaseResult, m_phpResult})
        result->setVerdict({});
    m_save->setEnabled(false);
    m_folder->setFocus();
    testPlaces();
    if (!settings.folder.isEmpty()) {
        testFolder();
        testPhp();
    }
}

SiteSettings AddSitePage::entered() const
{
    auto settings = m_before;
    const auto folder = m_folder->text().trimmed();
    settings.folder =
        folder.isEmpty() ? QString() : QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
    settings.package = m_package->text().trimmed();
    settings.originalPackage = m_original->text().trimmed();
    settings.backupFolder = m_backup->text().trimmed();
    settings.database.host = m_host->text().trimmed();
    settings.database.port = quint16(m_port->value());
    settings.database.user = m_user->text().trimmed();
    settings.database.password.reset();
    if (!m_password->text().isEmpty())
        settings.database.password = m_password->text();
    settings.database.tls = DatabaseSettings::Tls(m_tls->currentData().toInt());
    settings.database.caFile = m_caFile->text().trimmed();
    settings.database.socket = m_socket->text().trimmed();
    settings.packageSha256 = m_sum->text().trimmed().toLower().toLatin1();
    settings.phpCommand = m_php->text().trimmed();
    settings.serverFolder = m_server->text().trimmed();
    return settings;
}

void AddSitePage::folderTyped()
{
    // What was found in another folder says nothing of this one.
    m_testingFolder.cancel();
    m_detection.reset();
    m_save->setEnabled(false);
    m_folderResult->setVerdict({});
}

void AddSitePage::testFolder()
{
    const auto folder = entered().folder;
    if (folder.isEmpty())
        return;
    m_folderResult->setTesting();
    m_testingFolder.start([services = m_services, folder](
                              Monitor &) { return SiteTests::folder(services.assistant, folder); },
                          [this](SiteTests::FolderVerdict found) {
                              m_folderResult->setVerdict(found.verdict);
                              m_detection = std::move(found.detection);
                              m_save->setEnabled(m_detection.has_value());
                              if (!m_detection)
                                  return;
                              const auto &database = m_detection->database;
                              m_host->setPlaceholderText(database.host);
                              m_user->setPlaceholderText(database.user);
                              m_port->setSpecialValueText(configuredPort(database.port));
                              testDatabase();
                              if (m_phpResult->verdict().text.isEmpty())
                                  testPhp();
                          });
}

void AddSitePage::testDatabase()
{
    if (!m_detection)
        return;
    m_databaseResult->setTesting();
    m_testingDatabase.start(
        [settings = entered().database.appliedTo(m_detection->database)](Monitor &) {
            return SiteTests::database(settings);
        },
        [this](const FieldVerdict &verdict) { m_databaseResult->setVerdict(verdict); });
}

void AddSitePage::testPhp()
{
    m_phpResult->setTesting();
    m_testingPhp.start(
        [command = m_php->text()](Monitor &monitor) { return SiteTests::php(command, monitor); },
        [this](const FieldVerdict &verdict) { m_phpResult->setVerdict(verdict); });
}

void AddSitePage::testPlaces()
{
    struct Verdicts
    {
        FieldVerdict package;
        FieldVerdict original;
        FieldVerdict backup;
        FieldVerdict authority;
        FieldVerdict sum;
    };
    m_testingPlaces.start(
        [settings = entered()](Monitor &) {
            return Verdicts{SiteTests::package(settings.package),
                            SiteTests::package(settings.originalPackage),
                            SiteTests::backupFolder(settings.backupFolder, settings.folder),
                            SiteTests::certificates(settings.database.caFile),
                            SiteTests::sum(settings.packageSha256)};
        },
        [this](const Verdicts &verdicts) {
            m_packageResult->setVerdict(verdicts.package);
            m_originalResult->setVerdict(verdicts.original);
            m_backupResult->setVerdict(verdicts.backup);
            m_caFileResult->setVerdict(verdicts.authority);
            m_sumResult->setVerdict(verdicts.sum);
        });
}

void AddSitePage::save()
{
    const auto settings = entered();
    m_save->setEnabled(false);
    m_saving.start(
        [services = m_services, settings](Monitor &) { return services.store.save(settings); },
        [this, settings](const Result<> &result) {
            m_save->setEnabled(true);
            if (result.isError())
                banner().show(Style::Tone::Bad, factsOf(result.error()));
            else
                emit saved(settings);
        });
}

void AddSitePage::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void AddSitePage::dropEvent(QDropEvent *event)
{
    const auto urls = event->mimeData()->urls();
    if (urls.isEmpty() || !urls.first().isLocalFile())
        return;
    m_folder->setText(urls.first().toLocalFile());
    testFolder();
    event->acceptProposedAction();
}

} // namespace Banister
