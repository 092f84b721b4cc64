// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/errorcatalogue.h"
#include "log/logerror.h"
#include "log/logring.h"
#include "log/redactor.h"
#include "log/upgradelog.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace Banister;

class tst_upgradelog : public QObject
{
    Q_OBJECT

private slots:
    void writesTheProductsFormat();
    void namesStepAndLevel();
    void takesSecretsOut();
    void makesControlCharactersVisible();
    void keepsForeignLinesApart();
    void isPrivate();
    void goesOnAfterReopening();
    void goesOnAfterAMove();
    void goesOnAfterAMoveToAnotherFileSystem();
    void staysWhereItIsWhenTheMoveFails();
    void refusesWhatIsNoFile();
    void tellsWhatIsMissing();
    void keepsEntriesOfThreadsWhole();
    void everyErrorIsExplained();

private:
    static QByteArray contentOf(const QString &path);
    std::unique_ptr<UpgradeLog> openLog(LogRing *ring = nullptr);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Redactor> m_redactor;
    QString m_path;
};

QByteArray tst_upgradelog::contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

std::unique_ptr<UpgradeLog> tst_upgradelog::openLog(LogRing *ring)
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_redactor = std::make_unique<Redactor>();
    m_path = m_folder->filePath("upgrade_log.txt");
    auto log = UpgradeLog::open(m_path, *m_redactor, ring, [] {
        return QDateTime({2026, 11, 21}, {4, 2, 39}, Qt::OffsetFromUTC, 3600);
    });
    return log.isOk() ? std::move(log).value() : nullptr;
}

void tst_upgradelog::writesTheProductsFormat()
{
    LogRing ring;
    const auto log = openLog(&ring);
    log->append("===== STARTING MAUTIC 3 UPGRADE AT 2026-11-21 03:02:39... =====\n"
                "Installed Mautic version:\t2.16.5\n");
    log->append("Doing pre-upgrade checks...");
    QCOMPARE(
        contentOf(m_path),
        "[2026-11-21 03:02:39] ===== STARTING MAUTIC 3 UPGRADE AT 2026-11-21 03:02:39... =====\n"
        "Installed Mautic version:\t2.16.5\n"
        "\n"
        "[2026-11-21 03:02:39] Doing pre-upgrade checks...\n");
    QCOMPARE(ring.lastNumber(), 4);
    QCOMPARE(ring.after(3).constFirst().text, "[2026-11-21 03:02:39] Doing pre-upgrade checks...");
}

void tst_upgradelog::namesStepAndLevel()
{
    const auto log = openLog();
    log->append("It broke.", LogLevel::Error, "backupDatabase");
    log->append("Slow.", LogLevel::Warning);
    QCOMPARE(contentOf(m_path),
             "[2026-11-21 03:02:39] [backupDatabase] ERROR: It broke.\n"
             "[2026-11-21 03:02:39] WARNING: Slow.\n");
}

void tst_upgradelog::takesSecretsOut()
{
    LogRing ring;
    const auto log = openLog(&ring);
    m_redactor->addSecret("s3cr3t");
    log->append("first\nsecond s3cr3t 'db_password' => 'other'");
    QVERIFY(!contentOf(m_path).contains("s3cr3t"));
    QVERIFY(!contentOf(m_path).contains("other"));
    QVERIFY(!ring.after(1).constFirst().text.contains("s3cr3t"));
}

void tst_upgradelog::makesControlCharactersVisible()
{
    const auto log = openLog();
    log->append(QString::fromUtf8("a\x1b[31mb\rc\x7f\tä\r\nd\u202e e"));
    QCOMPARE(contentOf(m_path),
             QString::fromUtf8("[2026-11-21 03:02:39] a\\x1b[31mb\\rc\\x7f\tä\nd\\u{202e} e\n")
                 .toUtf8());
}

void tst_upgradelog::keepsForeignLinesApart()
{
    const auto log = openLog();
    log->append("PHP says:\n[2020-01-01 00:00:00] app.ERROR: x");
    QCOMPARE(contentOf(m_path),
             "[2026-11-21 03:02:39] PHP says:\n [2020-01-01 00:00:00] app.ERROR: x\n");
}

void tst_upgradelog::isPrivate()
{
    const auto modeOf = [this] {
        struct stat status = {};
        ::stat(qPrintable(m_path), &status);
        return status.st_mode & 07777;
    };
    const auto mask = ::umask(0);
    auto log = openLog();
    ::umask(mask);
    QCOMPARE(modeOf(), mode_t(0600));
    log.reset();
    ::chmod(qPrintable(m_path), 0644);
    QVERIFY(UpgradeLog::open(m_path, *m_redactor).isOk());
    QCOMPARE(modeOf(), mode_t(0600));
}

void tst_upgradelog::goesOnAfterReopening()
{
    auto log = openLog();
    log->append("one");
    log.reset();
    QFile file(m_path); // what a process leaves that is killed while it writes
    QVERIFY(file.open(QIODevice::Append));
    file.write("[2026-11-21 03:0");
    file.close();
    auto again = UpgradeLog::open(m_path, *m_redactor);
    again.value()->append("two");
    const auto lines = contentOf(m_path).split('\n');
    QCOMPARE(lines.size(), 4);
    QCOMPARE(lines.at(0), "[2026-11-21 03:02:39] one");
    QCOMPARE(lines.at(1), "[2026-11-21 03:0");
    QVERIFY(lines.at(2).endsWith("] two"));
}

void tst_upgradelog::goesOnAfterAMove()
{
    const auto log = openLog();
    log->append("one");
    const auto target = m_folder->filePath("moved.txt");
    QVERIFY(log->moveTo(target).isOk());
    log->append("two");
    QVERIFY(!QFile::exists(m_path));
    QCOMPARE(log->path(), target);
    QCOMPARE(contentOf(target).count('\n'), 2);
    QVERIFY(log->sync().isOk());
}

void tst_upgradelog::goesOnAfterAMoveToAnotherFileSystem()
{
    const auto log = openLog();
    log->append("one");
    // One of the two is where the tests work already.
    const bool worksInMemory = m_path.startsWith("/dev/shm/");
    QTemporaryDir other(QString(worksInMemory ? "/var/tmp" : "/dev/shm") + "/banister-XXXXXX");
    struct stat here = {};
    struct stat there = {};
    QVERIFY(::stat(qPrintable(m_path), &here) == 0
            && ::stat(qPrintable(other.path()), &there) == 0);
    QVERIFY(here.st_dev != there.st_dev);
    const auto target = other.filePath("moved.txt");
    QVERIFY(log->moveTo(target).isOk());
    log->append("two");
    QVERIFY(!QFile::exists(m_path));
    QCOMPARE(contentOf(target), "[2026-11-21 03:02:39] one\n[2026-11-21 03:02:39] two\n");
}

void tst_upgradelog::staysWhereItIsWhenTheMoveFails()
{
    const auto log = openLog();
    const auto existing = m_folder->filePath("existing.txt");
    QFile file(existing);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("mine") == 4);
    file.close();
    for (const auto &target : {existing, m_folder->filePath("missing/log.txt")}) {
        const auto moved = log->moveTo(target);
        QVERIFY(moved.isError());
        QCOMPARE(moved.error().code, ErrorCode(LogError::MoveFailed));
        QVERIFY(moved.error().fact.contains(target));
    }
    log->append("one");
    QCOMPARE(contentOf(m_path), "[2026-11-21 03:02:39] one\n");
    QCOMPARE(contentOf(existing), "mine");
}

void tst_upgradelog::refusesWhatIsNoFile()
{
    QTemporaryDir folder;
    const Redactor redactor;
    const auto link = folder.filePath("link");
    QVERIFY(QFile::link(folder.filePath("elsewhere"), link));
    const auto pipe = folder.filePath("pipe");
    QCOMPARE(::mkfifo(qPrintable(pipe), 0600), 0);
    for (const auto &path : {link, pipe, folder.path(), folder.filePath("missing/log.txt")}) {
        const auto log = UpgradeLog::open(path, redactor);
        QVERIFY2(log.isError(), qPrintable(path));
        QCOMPARE(log.error().code, ErrorCode(LogError::OpenFailed));
        QVERIFY(log.error().fact.contains(path));
    }
    QVERIFY(!QFile::exists(folder.filePath("elsewhere")));
}

void tst_upgradelog::tellsWhatIsMissing()
{
    const auto log = openLog();
    log->append("before");
    // A limit on the size of files stops a write half-way, as a full disk does.
    rlimit former = {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &former), 0);
    auto *handler = std::signal(SIGXFSZ, SIG_IGN);
    auto tight = former;
    tight.rlim_cur = rlim_t(QFileInfo(m_path).size()) + 30;
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &tight), 0);
    log->append("cut in two");
    log->append("lost");
    const auto missing = log->missingEntries();
    const auto synced = log->sync();
    ::setrlimit(RLIMIT_FSIZE, &former);
    std::signal(SIGXFSZ, handler);
    QCOMPARE(missing, 2);
    QCOMPARE(synced.error().code, ErrorCode(LogError::WriteFailed));
    log->append("after");
    QCOMPARE(log->missingEntries(), 0);
    QVERIFY(log->sync().isOk());
    const auto lines = contentOf(m_path).split('\n');
    QCOMPARE(lines.size(), 5);
    QCOMPARE(lines.at(0), "[2026-11-21 03:02:39] before");
    QCOMPARE(lines.at(1), "[2026-11-21 03:02:39] cut in t");
    QVERIFY(lines.at(2).contains("WARNING: 2 entries are missing here"));
    QCOMPARE(lines.at(3), "[2026-11-21 03:02:39] after");
}

void tst_upgradelog::keepsEntriesOfThreadsWhole()
{
    const auto log = openLog();
    {
        std::vector<std::jthread> threads;
        threads.reserve(4);
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&log, thread] {
                for (int i = 0; i < 200; ++i)
                    log->append(QString("%1 first\n%1 second").arg(thread));
            });
        }
    }
    const auto lines = contentOf(m_path).trimmed().split('\n');
    QCOMPARE(lines.size(), 1600);
    for (qsizetype i = 0; i < lines.size(); i += 2) {
        QVERIFY(lines.at(i).endsWith(" first"));
        QCOMPARE(lines.at(i + 1), lines.at(i).mid(22, 1) + " second");
    }
}

void tst_upgradelog::everyErrorIsExplained()
{
    const auto catalogue = ErrorCatalogue::load();
    QVERIFY2(catalogue.isOk(), catalogue.isOk() ? "" : qPrintable(catalogue.error().fact));
    const auto type = QMetaEnum::fromType<LogError>();
    for (int i = 0; i < type.keyCount(); ++i)
        QVERIFY2(catalogue->find(LogError(type.value(i))), type.key(i));
}

QTEST_GUILESS_MAIN(tst_upgradelog)
#include "tst_upgradelog.moc"
