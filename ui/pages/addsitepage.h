// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "products/product.h"
#include "ui/pages/page.h"
#include "ui/support/background.h"
#include "ui/support/services.h"

class QComboBox;
class QFormLayout;
class QLineEdit;
class QScrollArea;
class QSpinBox;

namespace Banister {

class FieldResult;

/// What Banister has to know of a site; everything that can be read is, and each field is tried out
/// while it is typed.
class AddSitePage : public Page
{
    Q_OBJECT

public:
    explicit AddSitePage(const Services &services, QWidget *parent = nullptr);

    /// Fills the fields; an empty folder for a new site.
    void edit(const SiteSettings &settings);

signals:
    void saved(const Banister::SiteSettings &settings);
    void cancelled();

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    enum class Choose { Nothing, Folder, File };
    QLineEdit *addField(QFormLayout *form,
                        const QString &label,
                        const QString &name,
                        Choose choose = Choose::Nothing);
    FieldResult *addResult(QFormLayout *form);
    void addBeside(QFormLayout *form, const QString &label, QWidget *field); ///< in the last row
    QFormLayout *addGroup(const QString &title, QWidget *parent);
    QWidget *addMore(QWidget *parent);
    /// Runs the test a moment after the last letter, and at once when the field is left.
    void testWhenTyped(QLineEdit *field, void (AddSitePage::*test)());
    void showMore(bool isShown);
    static QString configuredPort(int port); ///< 0: not known
    void choose(QLineEdit *field, Choose what);
    void folderTyped();
    void testFolder();
    void testDatabase();
    void testPhp();
    void testPlaces();
    void save();
    SiteSettings entered() const;

    const Services m_services;
    SiteSettings m_before;
    std::optional<Detection> m_detection;
    QLineEdit *m_folder;
    FieldResult *m_folderResult;
    QLineEdit *m_package;
    FieldResult *m_packageResult;
    QLineEdit *m_original;
    FieldResult *m_originalResult;
    QLineEdit *m_backup;
    FieldResult *m_backupResult;
    QLineEdit *m_host;
    QSpinBox *m_port;
    QLineEdit *m_user;
    QLineEdit *m_password;
    FieldResult *m_databaseResult;
    QLineEdit *m_php;
    FieldResult *m_phpResult;
    QLineEdit *m_server;
    QScrollArea *m_area;
    QWidget *m_moreFields;
    QComboBox *m_tls;
    QLineEdit *m_caFile;
    FieldResult *m_caFileResult;
    QLineEdit *m_socket;
    QLineEdit *m_sum;
    FieldResult *m_sumResult;
    QPushButton *m_more;
    QPushButton *m_save;
    Background m_testingFolder;
    Background m_testingDatabase;
    Background m_testingPhp;
    Background m_testingPlaces;
    Background m_saving;
};

} // namespace Banister
