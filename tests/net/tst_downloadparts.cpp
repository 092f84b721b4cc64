// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "downloadtest.h"
#include "net/neterror.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QTest>

#include <sys/stat.h>

using namespace Banister;
using namespace Banister::Test;

/// What it leaves in the folder, what it makes of what it finds there, how it is cancelled.
class tst_downloadparts : public QObject, private DownloadTest
{
    Q_OBJECT

private slots:
    void initTestCase() { prepare(); }
    void init() { prepareFolder(); }
    void resumes_data();
    void resumes();
    void completesAPartThatWasWhole();
    void startsAnewWhenThePartIsDamaged();
    void endsSoonWhenCancelled();
    void takesWhatIsThere();
    void replacesWhatIsNoGood();
    void keepsThePartPrivate();
    void removesWhatIsUseless();
    void keepsSecretsOfTheAddress();
};

void tst_downloadparts::resumes_data()
{
    QTest::addColumn<QByteArray>("validator");
    QTest::addColumn<QByteArray>("later");
    QTest::addColumn<bool>("supportsRange");
    QTest::addColumn<bool>("goesOn");
    QTest::newRow("ETag") << QByteArray("\"one\"") << QByteArray("\"one\"") << true << true;
    QTest::newRow("changed ETag") << QByteArray("\"one\"") << QByteArray("\"two\"") << true
                                  << false;
    QTest::newRow("weak ETag") << QByteArray("W/\"one\"") << QByteArray("W/\"one\"") << true
                               << false;
    QTest::newRow("no ETag") << QByteArray() << QByteArray() << true << false;
    QTest::newRow("Range ignored")
        << QByteArray("\"one\"") << QByteArray("\"one\"") << false << false;
}

void tst_downloadparts::resumes()
{
    QFETCH(const QByteArray, validator);
    QFETCH(const QByteArray, later);
    QFETCH(const bool, supportsRange);
    QFETCH(const bool, goesOn);
    const auto changed = validator == later ? m_package : zipFrame(2'000'000);
    auto second = HttpAnswer::file(changed);
    second.range = supportsRange ? HttpAnswer::Range::Supported : HttpAnswer::Range::Ignored;
    if (!later.isEmpty())
        second.headers.append({"ETag", later});
    m_server.on("/resumed.zip", half(validator));
    SilentMonitor monitor;
    const auto broken = download(request("/resumed.zip"), monitor);
    QVERIFY2(broken.isError() && broken.error().code == ErrorCode(NetError::Incomplete),
             qPrintable(described(broken)));
    const auto arrived = QFileInfo(m_target + ".part").size();
    QVERIFY(arrived > 0 && arrived <= 1'500'000);

    m_server.on("/resumed.zip", second);
    const auto report = download(request("/resumed.zip"), monitor);
    QVERIFY2(report.isOk(), qPrintable(described(report)));
    QCOMPARE(contentOf(m_target), changed);
    QCOMPARE(report->sha256, hashOf(changed));
    QCOMPARE(report->resumedFrom, goesOn ? arrived : 0);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList("package.zip"));
}

void tst_downloadparts::completesAPartThatWasWhole()
{
    // Killed between the last byte and the new name.
    SilentMonitor monitor;
    auto answer = half("\"one\"");
    m_server.on("/whole.zip", answer);
    QVERIFY(!download(request("/whole.zip"), monitor));
    QFile part(m_target + ".part");
    QVERIFY(part.open(QIODevice::Append));
    part.write(m_package.mid(part.size()));
    part.close();
    answer.ending = HttpAnswer::Ending::Complete;
    answer.range = HttpAnswer::Range::Supported;
    m_server.on("/whole.zip", answer);
    const auto report = download(request("/whole.zip"), monitor);
    QVERIFY2(report.isOk(), qPrintable(described(report)));
    QCOMPARE(contentOf(m_target), m_package);
    QCOMPARE(report->sha256, hashOf(m_package));
    QCOMPARE(report->resumedFrom, m_package.size());
}

void tst_downloadparts::startsAnewWhenThePartIsDamaged()
{
    SilentMonitor monitor;
    auto answer = half("\"one\"");
    m_server.on("/damaged.zip", answer);
    QVERIFY(!download(request("/damaged.zip"), monitor));
    QFile part(m_target + ".part");
    QVERIFY(part.open(QIODevice::ReadWrite) && part.seek(1000) && part.write("damage") == 6);
    part.close();
    answer.ending = HttpAnswer::Ending::Complete;
    answer.range = HttpAnswer::Range::Supported;
    m_server.on("/damaged.zip", answer);
    auto wish = request("/damaged.zip");
    wish.sha256 = hashOf(m_package);
    const auto report = download(wish, monitor);
    QVERIFY2(report.isOk(), qPrintable(described(report)));
    QCOMPARE(contentOf(m_target), m_package);
    QCOMPARE(report->resumedFrom, 0);
}

void tst_downloadparts::endsSoonWhenCancelled()
{
    auto drip = HttpAnswer::file(m_package);
    drip.dripBytes = 20'000;
    m_server.on("/slow.zip", drip);
    CancelAfter monitor(100'000);
    QElapsedTimer timer;
    timer.start();
    const auto report = download(request("/slow.zip"), monitor);
    QVERIFY2(report.isCancelled(), qPrintable(described(report)));
    QVERIFY(timer.elapsed() < 3000);
    QVERIFY(QFile::exists(m_target + ".part"));
    QVERIFY(!QFile::exists(m_target));

    CancelAfter atOnce(0);
    atOnce.report({});
    timer.start();
    QVERIFY(download(request("/silent"), atOnce).isCancelled());
    QVERIFY(timer.elapsed() < 1000);
}

void tst_downloadparts::takesWhatIsThere()
{
    SilentMonitor monitor;
    QVERIFY(download(request("/plain.zip"), monitor).isOk());
    m_server.forgetRequests();
    const auto report = download(request("/plain.zip"), monitor);
    QVERIFY2(report.isOk(), qPrintable(described(report)));
    QVERIFY(report->wasThere);
    QCOMPARE(report->sha256, hashOf(m_package));
    QVERIFY(m_server.requests().isEmpty());
}

void tst_downloadparts::replacesWhatIsNoGood()
{
    SilentMonitor monitor;
    QFile file(m_target);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(m_package.left(5000)) == 5000);
    file.close();
    QVERIFY(download(request("/nothing"), monitor).isError());
    QCOMPARE(contentOf(m_target), m_package.left(5000)); // nothing better came
    const auto report = download(request("/plain.zip"), monitor);
    QVERIFY2(report.isOk(), qPrintable(described(report)));
    QVERIFY(!report->wasThere);
    QCOMPARE(contentOf(m_target), m_package);
}

void tst_downloadparts::keepsThePartPrivate()
{
    const auto mask = ::umask(0);
    SilentMonitor monitor;
    m_server.on("/private.zip", half("\"one\""));
    const auto elsewhere = m_folder->filePath("elsewhere");
    QVERIFY(QFile::link(elsewhere, m_target + ".part"));
    QVERIFY(!download(request("/private.zip"), monitor));
    ::umask(mask);
    QVERIFY(!QFile::exists(elsewhere));
    for (const auto *suffix : {".part", ".part.json"}) {
        struct stat status = {};
        QCOMPARE(::lstat(qPrintable(m_target + suffix), &status), 0);
        QCOMPARE(status.st_mode, mode_t(S_IFREG | 0600));
    }
}

void tst_downloadparts::removesWhatIsUseless()
{
    SilentMonitor monitor;
    auto wish = request("/plain.zip");
    wish.sha256 = hashOf("another file");
    const auto report = download(wish, monitor);
    QVERIFY2(report.isError() && report.error().code == ErrorCode(NetError::HashMismatch),
             qPrintable(described(report)));
    QVERIFY(report.error().details.contains(QString::fromLatin1(hashOf(m_package).toHex())));
    QVERIFY(download(request("/page.zip"), monitor).isError());
    QVERIFY(download(request("/half-open.zip"), monitor).isError());
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

void tst_downloadparts::keepsSecretsOfTheAddress()
{
    SilentMonitor monitor;
    auto wish = request("/half.zip");
    wish.url.setUserInfo("me:hush1");
    wish.url.setQuery("token=hush2");
    const auto report = download(wish, monitor);
    QVERIFY(report.isError());
    QVERIFY2(!described(report).contains("hush"), qPrintable(described(report)));
    QVERIFY(!contentOf(m_target + ".part.json").contains("hush"));
    wish.url.setPath("/nothing");
    const auto status = download(wish, monitor);
    QVERIFY(status.isError());
    QVERIFY2(!described(status).contains("hush"), qPrintable(described(status)));
}

QTEST_GUILESS_MAIN(tst_downloadparts)
#include "tst_downloadparts.moc"
