// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal/journalerror.h"
#include "journal/runlock.h"
#include "support/reexecute.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <sys/stat.h>
#include <unistd.h>

using namespace Banister;

class tst_runlock : public QObject
{
    Q_OBJECT

private slots:
    void holdsUntilItIsDestroyed();
    void isHeldByOneOfTwoRacingProcesses();
    void isTakenOverByOneOfTwoRacingProcesses();
    void isFreeAfterTheHolderWasKilled();
    void namesTheLivingHolder();
    void judgesWhatWasLeft_data();
    void judgesWhatWasLeft();
    void isBrokenByAPerson();
    void noticesThatItWasBroken();
    void needsAFolder();
};

static void leave(const QString &folder, const QByteArray &content)
{
    QFile file(folder + "/lock");
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

static QStringList filesIn(const QString &folder)
{
    return QDir(folder).entryList(QDir::Files | QDir::Hidden);
}

void tst_runlock::holdsUntilItIsDestroyed()
{
    const QTemporaryDir folder;
    {
        const auto lock = RunLock::acquire(folder.path(), "upgrade");
        QVERIFY(lock.isOk());
        QVERIFY(lock->confirm().isOk());
        QCOMPARE(filesIn(folder.path()), QStringList{"lock"});
        struct stat info = {};
        QCOMPARE(::stat(qPrintable(folder.filePath("lock")), &info), 0);
        QCOMPARE(info.st_mode & 07777U, 0600U);
        QCOMPARE(RunLock::acquire(folder.path(), "rollback").error().code,
                 ErrorCode(LockError::Held));
        QCOMPARE(RunLock::holder(folder.path())->purpose, "upgrade");
        QVERIFY(lock->confirm().isOk());
    }
    QVERIFY(filesIn(folder.path()).isEmpty());
    QVERIFY(!RunLock::holder(folder.path()));
    QVERIFY(RunLock::acquire(folder.path(), "rollback").isOk());
}

// Waits for a line on standard input, so that two begin together; holds until the next line.
static int holdTheLock(const QString &folder)
{
    std::fputs("ready\n", stdout);
    std::fflush(stdout);
    std::getchar();
    const auto lock = RunLock::acquire(folder, "upgrade");
    std::fputs(lock ? "won\n" : qPrintable(lock.error().code.toString() + '\n'), stdout);
    std::fflush(stdout);
    std::getchar();
    return 0;
}

static QByteArray lineOf(QProcess &process)
{
    while (!process.canReadLine() && process.waitForReadyRead(20'000)) {
    }
    return process.readLine().trimmed();
}

static void race(const QString &folder, int round)
{
    QProcess first;
    QProcess second;
    Test::startSelf(first, {"--hold", folder});
    Test::startSelf(second, {"--hold", folder});
    QCOMPARE(lineOf(first), QByteArray("ready"));
    QCOMPARE(lineOf(second), QByteArray("ready"));
    first.write("\n");
    second.write("\n");
    first.waitForBytesWritten();
    second.waitForBytesWritten();
    QList<QByteArray> answers{lineOf(first), lineOf(second)};
    std::sort(answers.begin(), answers.end());
    QVERIFY2((answers == QList<QByteArray>{"LockError.Held", "won"}),
             QString("%1: %2").arg(round).toLatin1().append(answers.join(' ')).constData());
    for (auto *process : {&first, &second}) {
        process->write("\n");
        process->waitForFinished();
    }
    QVERIFY(filesIn(folder).isEmpty());
}

void tst_runlock::isHeldByOneOfTwoRacingProcesses()
{
    const QTemporaryDir folder;
    for (int round = 0; round < 50 && !QTest::currentTestFailed(); ++round)
        race(folder.path(), round);
}

void tst_runlock::isTakenOverByOneOfTwoRacingProcesses()
{
    const QTemporaryDir folder;
    auto dead = LockHolder::here("upgrade");
    dead.processStart += 1;
    for (int round = 0; round < 50 && !QTest::currentTestFailed(); ++round) {
        leave(folder.path(), dead.toJson());
        race(folder.path(), round);
    }
}

void tst_runlock::isFreeAfterTheHolderWasKilled()
{
    const QTemporaryDir folder;
    QProcess child;
    Test::startSelf(child, {"--hold", folder.path()});
    QCOMPARE(lineOf(child), QByteArray("ready"));
    child.write("\n");
    QCOMPARE(lineOf(child), QByteArray("won"));
    QVERIFY(RunLock::acquire(folder.path(), "resume").isError());
    child.kill();
    child.waitForFinished();
    QVERIFY(filesIn(folder.path()).contains("lock"));
    QVERIFY(!RunLock::holder(folder.path()));
    QVERIFY(RunLock::acquire(folder.path(), "resume").isOk());
}

void tst_runlock::namesTheLivingHolder()
{
    const QTemporaryDir folder;
    const auto lock = RunLock::acquire(folder.path(), "upgrade");
    QElapsedTimer time;
    time.start();
    const auto error = RunLock::acquire(folder.path(), "upgrade").error();
    QVERIFY(time.elapsed() < 500);
    QVERIFY2(error.fact.contains(QString::number(::getpid())), qPrintable(error.fact));
    QVERIFY2(error.fact.contains("tst_runlock"), qPrintable(error.fact));
    QVERIFY(error.cure.isEmpty());
}

void tst_runlock::judgesWhatWasLeft_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("code");
    const auto here = LockHolder::here("upgrade");
    auto left = here;
    QProcess gone;
    gone.start("true", {});
    left.process = gone.processId();
    gone.waitForFinished();
    QTest::newRow("a dead process") << left.toJson() << "";
    left = here;
    left.processStart -= 1;
    QTest::newRow("a number that another process has now") << left.toJson() << "";
    left = here;
    left.boot = "00000000-0000-0000-0000-000000000000";
    QTest::newRow("a process of another boot") << left.toJson() << "";
    left = here;
    left.since = left.since.addYears(10);
    left.processStart += 1;
    QTest::newRow("a dead process of the future") << left.toJson() << "";
    left = here;
    left.host = "a1b2c3d4e5f6";
    left.process = 1;
    QTest::newRow("an ended container of this machine") << left.toJson() << "";
    QTest::newRow("this process, without a kernel lock") << here.toJson() << "LockError.Held";
    left = here;
    left.host = "other.example";
    left.boot = "00000000-0000-0000-0000-000000000000";
    QTest::newRow("another computer") << left.toJson() << "LockError.HeldElsewhere";
    left = here;
    left.machine = "0123456789abcdef";
    left.boot = "00000000-0000-0000-0000-000000000000";
    QTest::newRow("another computer of the same name")
        << left.toJson() << "LockError.HeldElsewhere";
    QTest::newRow("an empty file") << QByteArray() << "LockError.Unreadable";
    QTest::newRow("something else") << QByteArray("{\"pid\": 1}") << "LockError.Unreadable";
}

void tst_runlock::judgesWhatWasLeft()
{
    QFETCH(const QByteArray, content);
    QFETCH(const QString, code);
    const QTemporaryDir folder;
    leave(folder.path(), content);
    const auto lock = RunLock::acquire(folder.path(), "upgrade");
    QCOMPARE(lock.isError() ? lock.error().code.toString() : QString(), code);
    if (code == "LockError.HeldElsewhere") {
        const auto left = LockHolder::fromJson(content);
        QVERIFY(lock.error().fact.contains(left->host));
        QVERIFY(lock.error().fact.contains(left->user));
        QCOMPARE(lock.error().cure, "breakLock");
    }
    if (lock.isError()) {
        QCOMPARE(filesIn(folder.path()), QStringList{"lock"});
    }
}

void tst_runlock::isBrokenByAPerson()
{
    const QTemporaryDir folder;
    auto left = LockHolder::here("upgrade");
    left.host = "other.example";
    left.boot = "00000000-0000-0000-0000-000000000000";
    leave(folder.path(), left.toJson());
    QCOMPARE(RunLock::holder(folder.path())->host, "other.example");
    QVERIFY(RunLock::acquire(folder.path(), "upgrade").isError());
    const auto others = RunLock::checkOthers(folder.path());
    QVERIFY(others.isError());
    QCOMPARE(others.error().code, ErrorCode(LockError::HeldElsewhere));
    QVERIFY(RunLock::breakStale(folder.path()).isOk());
    QVERIFY(RunLock::checkOthers(folder.path()).isOk());
    QVERIFY(RunLock::breakStale(folder.path()).isOk());
    const auto lock = RunLock::acquire(folder.path(), "upgrade");
    QVERIFY(lock.isOk());
    QCOMPARE(RunLock::breakStale(folder.path()).error().code, ErrorCode(LockError::Held));
    QVERIFY(lock->confirm().isOk());
    QVERIFY(RunLock::checkOthers(folder.path()).isOk()); // it is this process
}

void tst_runlock::noticesThatItWasBroken()
{
    const QTemporaryDir folder;
    const auto lock = RunLock::acquire(folder.path(), "upgrade");
    QVERIFY(QFile::remove(folder.filePath("lock")));
    QCOMPARE(lock->confirm().error().code, ErrorCode(LockError::Lost));
    const auto other = RunLock::acquire(folder.path(), "upgrade");
    QVERIFY(other.isOk());
    QCOMPARE(lock->confirm().error().code, ErrorCode(LockError::Lost));
}

void tst_runlock::needsAFolder()
{
    const QTemporaryDir folder;
    const auto error = RunLock::acquire(folder.filePath("gone"), "upgrade").error();
    QCOMPARE(error.code, ErrorCode(LockError::CannotLock));
    QVERIFY(error.fact.contains(folder.filePath("gone")));
}

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const auto arguments = QCoreApplication::arguments();
    if (arguments.value(1) == "--hold")
        return holdTheLock(arguments.value(2));
    tst_runlock test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_runlock.moc"
