// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "log/logerror.h"
#include "log/logreader.h"
#include "log/redactor.h"
#include "log/upgradelog.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Banister;

Q_DECLARE_METATYPE(Banister::LogLevel)

class tst_logreader : public QObject
{
    Q_OBJECT

private slots:
    void findsEntries();
    void readsWhatTheLogWrites();
    void recognisesLevels_data();
    void recognisesLevels();
    void tellsEntriesFromOtherLines_data();
    void tellsEntriesFromOtherLines();
    void boundsLongLines();
    void failsWhereThereIsNoLog();

private:
    QString write(const QByteArray &content);
    static QList<LogEntry> readAll(const QString &path);

    QTemporaryDir m_folder;
};

QString tst_logreader::write(const QByteArray &content)
{
    QFile file(m_folder.filePath("log.txt"));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("The log cannot be written");
    return file.fileName();
}

QList<LogEntry> tst_logreader::readAll(const QString &path)
{
    QList<LogEntry> entries;
    auto reader = LogReader::open(path);
    if (!reader)
        return entries;
    for (;;) {
        auto entry = reader->next();
        if (!entry || !*entry)
            return entries;
        entries.append(**entry);
    }
}

void tst_logreader::findsEntries()
{
    const auto entries = readAll(write(
        "left over\n"
        "[2026-11-21 03:02:39] ===== STARTING MAUTIC 3 UPGRADE AT 2026-11-21 03:02:39... =====\n"
        "Installed Mautic version:\t2.16.5\n"
        "\n"
        "[2026-11-21 03:02:48] Starting upgrade...\n"
        "[2026-11-21 03:02:49] We're done!\n"
        "PHP Warning:  something\n"
        "without an end"));
    QCOMPARE(entries.size(), 4);
    QVERIFY(!entries.at(0).time.isValid());
    QCOMPARE(entries.at(0).text, "left over");
    QCOMPARE(entries.at(1).time, QDateTime({2026, 11, 21}, {3, 2, 39}, Qt::UTC));
    QVERIFY(entries.at(1).text.endsWith("=====\nInstalled Mautic version:\t2.16.5\n"));
    QCOMPARE(entries.at(2).text, "Starting upgrade...");
    QCOMPARE(entries.at(3).level, LogLevel::Warning);
    QVERIFY(entries.at(3).text.endsWith("without an end"));
}

void tst_logreader::readsWhatTheLogWrites()
{
    const auto path = m_folder.filePath("written.txt");
    const Redactor redactor;
    {
        auto log = UpgradeLog::open(path, redactor);
        log.value()->append(
            "It broke.\n[2020-01-01 00:00:00] x", LogLevel::Error, "backupDatabase");
        log.value()->append("Fine.");
        log.value()->append("Slow.", LogLevel::Warning, "buildCache");
    }
    const auto entries = readAll(path);
    QCOMPARE(entries.size(), 3);
    QCOMPARE(entries.at(0).level, LogLevel::Error);
    QCOMPARE(entries.at(0).step, "backupDatabase");
    QCOMPARE(entries.at(0).text, "It broke.\n [2020-01-01 00:00:00] x");
    QCOMPARE(entries.at(1).level, LogLevel::Info);
    QCOMPARE(entries.at(1).step, "");
    QCOMPARE(entries.at(2).level, LogLevel::Warning);
    QCOMPARE(entries.at(2).text, "Slow.");
    QVERIFY(entries.at(2).time.secsTo(QDateTime::currentDateTimeUtc()) < 60);
}

void tst_logreader::recognisesLevels_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<LogLevel>("level");
    const auto row = [](const char *text, LogLevel level) { QTest::newRow(text) << text << level; };
    row("Finished without errors", LogLevel::Info);
    row("0 warnings", LogLevel::Info);
    row("Moving app/ErrorBundle", LogLevel::Info);
    row("ERROR: x", LogLevel::Error);
    row("code ERR_BUILD_M3_CACHE", LogLevel::Error);
    row("PHP Fatal error:  Uncaught Exception", LogLevel::Error);
    row("Parse error: syntax error", LogLevel::Error);
    row("SQLSTATE[42S21]: Column already exists", LogLevel::Error);
    row("[error] Migration 1 failed", LogLevel::Error);
    row("  [Doctrine\\DBAL\\Exception\\DriverException: x", LogLevel::Error);
    row("WARNING: x", LogLevel::Warning);
    row("PHP Deprecated:  x", LogLevel::Warning);
    row("Notice: Undefined index", LogLevel::Warning);
}

void tst_logreader::recognisesLevels()
{
    QFETCH(const QString, text);
    QFETCH(const LogLevel, level);
    QCOMPARE(levelOf(text), level);
}

void tst_logreader::tellsEntriesFromOtherLines_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<bool>("isEntry");
    QTest::newRow("entry") << "[2026-11-21 03:02:39] x" << true;
    QTest::newRow("empty entry") << "[2026-11-21 03:02:39] " << true;
    QTest::newRow("bad date") << "[2026-13-41 03:02:39] x" << false;
    QTest::newRow("moved in") << " [2026-11-21 03:02:39] x" << false;
    QTest::newRow("array") << "[a] => b" << false;
    QTest::newRow("empty") << "" << false;
}

void tst_logreader::tellsEntriesFromOtherLines()
{
    QFETCH(const QString, line);
    QTEST(parseLogLine(line).has_value(), "isEntry");
}

void tst_logreader::boundsLongLines()
{
    const auto entries =
        readAll(write("[2026-11-21 03:02:39] " + QByteArray(3'000'000, 'x') + "\n"));
    qsizetype total = 0;
    for (const auto &entry : entries) {
        QVERIFY(entry.text.size() < 1'200'000);
        total += entry.text.count('x');
    }
    QCOMPARE(total, 3'000'000);
}

void tst_logreader::failsWhereThereIsNoLog()
{
    for (const auto &path : {m_folder.filePath("missing.txt"), m_folder.path()}) {
        const auto reader = LogReader::open(path);
        QVERIFY(reader.isError());
        QCOMPARE(reader.error().code, ErrorCode(LogError::ReadFailed));
        QVERIFY(reader.error().fact.contains(path));
    }
}

QTEST_GUILESS_MAIN(tst_logreader)
#include "tst_logreader.moc"
