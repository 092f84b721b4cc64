// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/errorcatalogue.h"
#include "journal/journal.h"
#include "journal/journalerror.h"
#include "support/reexecute.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <sys/stat.h>

using namespace Banister;

class tst_journal : public QObject
{
    Q_OBJECT

private slots:
    void keepsRecordsInOrder();
    void createsAPrivateFile();
    void refusesAnExistingFile();
    void ignoresATornLastRecordAtEveryByte();
    void ignoresALastRecordWithHoles();
    void namesADamagedLine_data();
    void namesADamagedLine();
    void stopsWhenDeleted();
    void stopsWhenAnotherProgramWrites();
    void survivesAFullDisk();
    void explainsItsErrors();
};

static QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

static void put(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

static QByteArray threeRecords(const QString &path)
{
    auto journal = Journal::create(path);
    for (const auto *word : {"one", "two", "drei \u00fc \n\u2028 \"x\""}) {
        if (!journal->append({{"word", QString::fromUtf8(word)}}))
            qFatal("no record");
    }
    return contentOf(path);
}

void tst_journal::keepsRecordsInOrder()
{
    const QTemporaryDir folder;
    const auto path = folder.filePath("j");
    threeRecords(path);
    auto journal = Journal::open(path);
    QVERIFY(journal.isOk());
    QCOMPARE(journal->lastNumber(), 3);
    const auto written = journal->append({});
    QVERIFY(written.isOk());
    const auto records = Journal::read(path);
    QVERIFY(records.isOk());
    QCOMPARE(records->size(), 4);
    QCOMPARE(records->at(2).value("word").toString(),
             QString::fromUtf8("drei \u00fc \n\u2028 \"x\""));
    QCOMPARE(records->at(3), *written);
    QCOMPARE(written->value("seq").toInteger(), 4);
    QVERIFY(QDateTime::fromString(written->value("time").toString(), Qt::ISODateWithMs).isValid());
}

void tst_journal::createsAPrivateFile()
{
    const QTemporaryDir folder;
    const auto path = folder.filePath("j");
    QVERIFY(Journal::create(path).isOk());
    struct stat info = {};
    QCOMPARE(::stat(qPrintable(path), &info), 0);
    QCOMPARE(info.st_mode & 07777U, 0600U);
}

void tst_journal::refusesAnExistingFile()
{
    const QTemporaryDir folder;
    threeRecords(folder.filePath("j"));
    const auto journal = Journal::create(folder.filePath("j"));
    QVERIFY(journal.isError());
    QCOMPARE(journal.error().code, ErrorCode(JournalError::CannotCreate));
    QVERIFY(journal.error().fact.contains(folder.filePath("j")));
}

void tst_journal::ignoresATornLastRecordAtEveryByte()
{
    const QTemporaryDir folder;
    const auto path = folder.filePath("j");
    const auto whole = threeRecords(path);
    const auto start = whole.lastIndexOf('\n', -2) + 1;
    for (auto end = start; end < whole.size(); ++end) {
        put(path, whole.first(end));
        QCOMPARE(Journal::read(path)->size(), 2);
        auto journal = Journal::open(path);
        QVERIFY2(journal.isOk(), QByteArray::number(end).constData());
        QCOMPARE(QFileInfo(path).size(), start);
        QCOMPARE(journal->append({{"word", "three"}})->value("seq").toInteger(), 3);
        QCOMPARE(Journal::read(path)->size(), 3);
    }
}

void tst_journal::ignoresALastRecordWithHoles()
{
    const QTemporaryDir folder;
    const auto path = folder.filePath("j");
    const auto whole = threeRecords(path);
    const auto start = whole.lastIndexOf('\n', -2) + 1;
    auto holes = whole;
    for (auto at = start; at < whole.size() - 20; ++at)
        holes[at] = '\0';
    put(path, holes);
    QCOMPARE(Journal::read(path)->size(), 2);
    put(path, whole + QByteArray(5000, '\0'));
    QCOMPARE(Journal::read(path)->size(), 3);
    QVERIFY(Journal::open(path).isOk());
    QCOMPARE(contentOf(path), whole);
}

void tst_journal::namesADamagedLine_data()
{
    QTest::addColumn<int>("line");
    QTest::addColumn<QByteArray>("what");
    QTest::addColumn<QByteArray>("by");
    QTest::newRow("changed value in the first") << 1 << QByteArray("one") << QByteArray("ONE");
    QTest::newRow("changed value in the middle") << 2 << QByteArray("two") << QByteArray("2wo");
    QTest::newRow("zeros in the middle") << 2 << QByteArray("two") << QByteArray(3, '\0');
    QTest::newRow("changed value in a whole last one")
        << 3 << QByteArray("drei") << QByteArray("DREI");
    QTest::newRow("removed line") << 2 << QByteArray() << QByteArray();
    QTest::newRow("empty line in the middle")
        << 2 << QByteArray("{\"sum") << QByteArray("\n{\"sum");
    QTest::newRow("line that is no record")
        << 1 << QByteArray("{\"sum") << QByteArray("hello\n{\"sum");
}

void tst_journal::namesADamagedLine()
{
    QFETCH(const int, line);
    QFETCH(const QByteArray, what);
    QFETCH(const QByteArray, by);
    const QTemporaryDir folder;
    const auto path = folder.filePath("j");
    auto lines = threeRecords(path).split('\n');
    if (what.isEmpty())
        lines.removeAt(line - 1);
    else
        lines[line - 1].replace(what, by);
    const auto damaged = lines.join('\n');
    put(path, damaged);
    const auto records = Journal::read(path);
    QVERIFY(records.isError());
    QCOMPARE(records.error().code, ErrorCode(JournalError::Damaged));
    QVERIFY2(records.error().fact.contains(QString("Line %1 ").arg(line)),
             qPrintable(records.error().fact));
    QVERIFY(Journal::open(path).isError());
    QCOMPARE(contentOf(path), damaged);
}

void tst_journal::stopsWhenDeleted()
{
    const QTemporaryDir folder;
    auto journal = Journal::create(folder.filePath("j"));
    QVERIFY(journal->append({}).isOk());
    QVERIFY(QFile::remove(folder.filePath("j")));
    QCOMPARE(journal->append({}).error().code, ErrorCode(JournalError::Gone));
}

void tst_journal::stopsWhenAnotherProgramWrites()
{
    const QTemporaryDir folder;
    auto journal = Journal::create(folder.filePath("j"));
    auto second = Journal::open(folder.filePath("j"));
    QVERIFY(journal->append({}).isOk());
    QCOMPARE(second->append({}).error().code, ErrorCode(JournalError::Changed));
}

// Runs on a file system of 16 KiB; says what is wrong, nothing when all is well.
static QString fillTheDisk(const QString &folder)
{
    const auto path = folder + "/j";
    put(folder + "/ballast", QByteArray(4000, 'b'));
    auto journal = Journal::create(path);
    if (!journal)
        return journal.error().fact;
    const QJsonObject record{{"text", QString(1500, 'x')}};
    auto written = journal->append(record);
    while (written && journal->lastNumber() < 100)
        written = journal->append(record);
    if (!written.isError() || written.error().code != ErrorCode(JournalError::DiskFull))
        return "expected DiskFull";
    if (!written.error().fact.contains(path))
        return "the fact does not name the file";
    const auto number = journal->lastNumber();
    const auto records = Journal::read(path);
    if (number < 3 || !records || records->size() != number)
        return "the whole records are not there";
    if (!contentOf(path).endsWith("}\n"))
        return "a part of a record was left";
    if (journal->append(record).isOk())
        return "the disk is not full";
    QFile::remove(folder + "/ballast");
    if (const auto again = journal->append(record); !again)
        return "no record after freeing space: " + again.error().fact;
    const auto more = Journal::read(path);
    return more && more->size() == number + 1 ? QString() : "the record is not there";
}

void tst_journal::survivesAFullDisk()
{
    const QTemporaryDir folder;
    QProcess child;
    Test::startSelfOnSmallDisk(child, folder.path(), 16384, {"--fill", folder.path()});
    const auto end = Test::waitFor(child);
    QVERIFY2(end.exitCode == 0, end.output.constData());
}

void tst_journal::explainsItsErrors()
{
    const auto catalogue = ErrorCatalogue::load();
    QVERIFY(catalogue.isOk());
    const auto walk = [&](const QMetaEnum &type) {
        for (int i = 0; i < type.keyCount(); ++i) {
            const auto name = QString("%1.%2").arg(type.enumName(), type.key(i));
            QVERIFY2(catalogue->find(ErrorCode::fromString(name)), qPrintable(name));
        }
    };
    walk(QMetaEnum::fromType<JournalError>());
    walk(QMetaEnum::fromType<LockError>());
}

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const auto arguments = QCoreApplication::arguments();
    if (arguments.value(1) == "--fill") {
        const auto problem = fillTheDisk(arguments.value(2));
        std::fputs(qPrintable(problem), stderr);
        return problem.isEmpty() ? 0 : 1;
    }
    tst_journal test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_journal.moc"
