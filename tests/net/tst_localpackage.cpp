// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/errorcatalogue.h"
#include "net/download.h"
#include "net/neterror.h"
#include "support/smallfilesystem.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Banister;

class tst_localpackage : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void copies_data();
    void copies();
    void checksAFileInItsPlace();
    void fails_data();
    void fails();
    void stopsWhenTheDiskIsFull();
    void everyErrorIsExplained();

private:
    QString write(const QString &name, const QByteArray &content);

    std::unique_ptr<QTemporaryDir> m_folder;
    DownloadRequest m_request;
};

namespace {

const QByteArray zip =
    QByteArray("PK\3\4") + QByteArray(100'000, 'z') + QByteArray("PK\5\6").leftJustified(22, '\0');

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

void tst_localpackage::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_request = {};
    m_request.target = m_folder->filePath("target.zip");
}

QString tst_localpackage::write(const QString &name, const QByteArray &content)
{
    QFile file(m_folder->filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("A test file cannot be written");
    return file.fileName();
}

void tst_localpackage::copies_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isUrl");
    QTest::newRow("path") << "mine.zip" << false;
    QTest::newRow("path with odd characters") << QString::fromUtf8("my ä%20#?.zip") << false;
    QTest::newRow("URL") << QString::fromUtf8("my ä%20#?.zip") << true;
}

void tst_localpackage::copies()
{
    QFETCH(const QString, name);
    QFETCH(const bool, isUrl);
    const auto path = write(name, zip);
    struct stat before = {};
    QCOMPARE(::stat(qPrintable(path), &before), 0);
    m_request.sha256 = QCryptographicHash::hash(zip, QCryptographicHash::Sha256);
    SilentMonitor monitor;
    const auto source = isUrl ? QString::fromLatin1(QUrl::fromLocalFile(path).toEncoded()) : path;
    const auto report = fetchPackage(source, m_request, monitor);
    QVERIFY2(report.isOk(), report.isError() ? qPrintable(report.error().fact) : "");
    QCOMPARE(contentOf(m_request.target), zip);
    QCOMPARE(contentOf(path), zip);
    struct stat after = {};
    QCOMPARE(::stat(qPrintable(path), &after), 0);
    QVERIFY(after.st_ino == before.st_ino && after.st_nlink == 1);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files).size(), 2);
}

void tst_localpackage::checksAFileInItsPlace()
{
    SilentMonitor monitor;
    const auto path = write("target.zip", zip);
    const auto report = fetchPackage(path, m_request, monitor);
    QVERIFY(report.isOk());
    QVERIFY(report->wasThere);
    write("target.zip", zip.left(500));
    const auto broken = fetchPackage(path, m_request, monitor);
    QVERIFY(broken.isError());
    QCOMPARE(broken.error().code, ErrorCode(NetError::Incomplete));
    QCOMPARE(contentOf(path), zip.left(500));
}

void tst_localpackage::fails_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<NetError>("error");
    QTest::newRow("missing") << QByteArray() << NetError::SourceUnreadable;
    QTest::newRow("empty") << QByteArray("") << NetError::NotAPackage;
    QTest::newRow("page") << QByteArray("<html><title>Hi</title>") << NetError::NotAPackage;
    QTest::newRow("cut") << zip.chopped(30) << NetError::Incomplete;
    QTest::newRow("too large") << zip + QByteArray(200'000, 'x') << NetError::TooLarge;
    QTest::newRow("another sum") << "PK\3\4" + zip << NetError::HashMismatch;
}

void tst_localpackage::fails()
{
    QFETCH(const QByteArray, content);
    if (!content.isNull())
        write("mine.zip", content);
    m_request.sha256 = QCryptographicHash::hash(zip, QCryptographicHash::Sha256).toHex();
    m_request.maximumBytes = 150'000;
    SilentMonitor monitor;
    const auto report = fetchPackage(m_folder->filePath("mine.zip"), m_request, monitor);
    QVERIFY(report.isError());
    QFETCH(const NetError, error);
    QCOMPARE(report.error().code, ErrorCode(error));
    QVERIFY2(report.error().fact.contains("mine.zip"), qPrintable(report.error().fact));
    QVERIFY(!QFile::exists(m_request.target));
    QVERIFY(!QFile::exists(m_request.target + ".part"));
    const auto folder = fetchPackage(m_folder->path(), m_request, monitor);
    QCOMPARE(folder.error().code, ErrorCode(NetError::SourceUnreadable));
}

void tst_localpackage::stopsWhenTheDiskIsFull()
{
    const auto path = write("mine.zip", zip);
    SmallFileSystem disk(40'000);
    m_request.target = disk.path("target.zip");
    SilentMonitor monitor;
    const auto report = fetchPackage(path, m_request, monitor);
    QVERIFY(report.isError());
    QCOMPARE(report.error().code, ErrorCode(NetError::DiskFull));
    QVERIFY(QDir(disk.path()).isEmpty());
}

void tst_localpackage::everyErrorIsExplained()
{
    const auto catalogue = ErrorCatalogue::load();
    QVERIFY2(catalogue.isOk(), catalogue.isOk() ? "" : qPrintable(catalogue.error().fact));
    const auto type = QMetaEnum::fromType<NetError>();
    for (int i = 0; i < type.keyCount(); ++i)
        QVERIFY2(catalogue->find(NetError(type.value(i))), type.key(i));
}

BANISTER_TEST_MAIN_WITH_MOUNTS(tst_localpackage)
#include "tst_localpackage.moc"
