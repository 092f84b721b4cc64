// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>

namespace Banister {

namespace {

/// What a run of banister-cli with --json left.
struct CliRun
{
    int status = -1;
    QList<QJsonObject> lines;
    QByteArray err;

    /// The codes of the last error that was told, from the top of its chain to the bottom.
    QStringList codes() const
    {
        QStringList result;
        for (const auto &line : lines) {
            if (!line.contains("error"))
                continue;
            result.clear();
            for (auto error = line["error"].toObject(); !error.isEmpty();
                 error = error["cause"].toObject())
                result.append(error["code"].toString());
        }
        return result;
    }
    QStringList failedChecks() const
    {
        QStringList result;
        for (const auto &line : lines) {
            if (line["severity"].toString() == "error")
                result.append(line["check"].toString());
        }
        return result;
    }
    QString lastStep() const
    {
        QString result;
        for (const auto &line : lines) {
            if (line["event"].toString() == "stepStarted")
                result = line["step"].toString();
        }
        return result;
    }
};

CliRun cli(const QStringList &arguments)
{
    constexpr int Limit = 120'000;
    QProcess process;
    process.start(BANISTER_CLI, arguments + QStringList{"--json"});
    if (!process.waitForFinished(Limit)) {
        process.kill();
        process.waitForFinished();
        return {};
    }
    CliRun run;
    run.status = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    run.err = process.readAllStandardError();
    const auto lines = process.readAllStandardOutput().split('\n');
    for (const auto &line : lines) {
        if (!line.isEmpty())
            run.lines.append(QJsonDocument::fromJson(line).object());
    }
    return run;
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

} // namespace

/// Upgrades that fail for a real cause, seen through the command line: the exit status, the code and
/// its causes, the step it stops at; and that retry goes on once the cause is gone.
class TestUpgradeFailures : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void damagedPackage();
    void brokenMigration3();
    void brokenMigration2();
    void otherRunHoldsTheSite();
    void brokenConfiguration();
    void wrongFolders();
    void upgradedAlready();

private:
    QString folder() const { return m_folder->filePath("übung mit leerzeichen"); }
    QString path(const QString &name) const { return folder() + "/site/" + name; }
    QString package() const { return folder() + "/mautic-3.0.2.zip"; }
    QStringList upgradeArguments(const QString &package) const
    {
        return {
            "upgrade", folder() + "/site", "--package", package, "--yes", "--accept-all-warnings"};
    }
    CliRun upgrade(const QString &package) const { return cli(upgradeArguments(package)); }
    void verifyRetryFinishes() const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestUpgradeFailures::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    const auto built = cli({"practice", folder(), "--files", "320", "--rows", "300"});
    QVERIFY2(built.status == 0, built.err.constData());
}

void TestUpgradeFailures::cleanup()
{
    const auto removed = cli({"practice", folder(), "--remove"});
    QVERIFY2(removed.status == 0, removed.err.constData());
}

void TestUpgradeFailures::verifyRetryFinishes() const
{
    const auto retried = cli({"retry", folder() + "/site"});
    QVERIFY2(retried.status == 0, retried.err.constData());
    const auto metadata = QJsonDocument::fromJson(read(path("app/release_metadata.json")));
    QCOMPARE(metadata["version"].toString(), "3.0.2");
}

void TestUpgradeFailures::damagedPackage()
{
    const auto good = read(package());
    auto flipped = good;
    flipped[flipped.size() / 2] = char(flipped.at(flipped.size() / 2) ^ 0x10);
    const QList<QByteArray> damaged{flipped,
                                    good.left(good.size() / 2),
                                    "<!DOCTYPE html><html><body>Please log in</body></html>"};
    for (const auto &content : damaged) {
        QVERIFY(write(package(), content));
        const auto run = upgrade(package());
        QVERIFY2(run.status == 3, run.err.constData());
        QVERIFY2(run.failedChecks().contains("packageSource"), run.err.constData());
        QCOMPARE(run.lastStep(), QString());
    }
    QVERIFY(write(package(), good));
    const auto run = upgrade(package());
    QVERIFY2(run.status == 0, run.err.constData());
}

void TestUpgradeFailures::brokenMigration3()
{
    const QString name = "app/migrations/Version20200227110431.php";
    QVERIFY(QDir(m_folder->path()).mkpath("p/app/migrations"));
    const auto copy = m_folder->filePath("p/" + name);
    QVERIFY(write(copy, "<?php\nnot_a_function_of_php();\n"));
    const auto broken = m_folder->filePath("broken.zip");
    QVERIFY(QFile::copy(package(), broken));
    QProcess zip;
    zip.setWorkingDirectory(m_folder->filePath("p"));
    zip.start("zip", {"-q", broken, name});
    QVERIFY(zip.waitForFinished() && zip.exitCode() == 0);
    const auto run = upgrade(broken);
    QVERIFY2(run.status == 1, run.err.constData());
    // A file that cannot be loaded keeps the console from listing the migrations already.
    QCOMPARE(run.codes(),
             QStringList({"ERR_MAUTIC_3_MIGRATIONS_IDENTIFICATION_FAILED",
                          "MauticConsoleError.CommandFailed",
                          "PhpError.ClassMissing"}));
    QCOMPARE(run.lastStep(), "applyMigrations");
    QProcess unzip;
    unzip.start("unzip", {"-q", "-o", package(), name, "-d", folder() + "/site"});
    QVERIFY(unzip.waitForFinished() && unzip.exitCode() == 0);
    verifyRetryFinishes();
}

void TestUpgradeFailures::brokenMigration2()
{
    const auto names = QDir(path("app/migrations")).entryList({"Version*.php"}, QDir::Files);
    QVERIFY(!names.isEmpty());
    const auto file = path("app/migrations/" + names.last());
    const auto good = read(file);
    QVERIFY(write(file, "<?php\nnot_a_function_of_php();\n"));
    const auto run = upgrade(package());
    QVERIFY2(run.status == 1, run.err.constData());
    QVERIFY2(run.codes().value(0).startsWith("ERR_MAUTIC_2_MIGRATIONS_"), run.err.constData());
    QVERIFY2(run.codes().size() > 1, run.err.constData());
    QVERIFY(write(file, good));
    verifyRetryFinishes();
}

void TestUpgradeFailures::otherRunHoldsTheSite()
{
    constexpr int Limit = 60'000;
    QProcess first;
    first.start(BANISTER_CLI, upgradeArguments(package()) + QStringList{"--json"});
    QByteArray out;
    while (!out.contains("stepStarted") && first.waitForReadyRead(Limit))
        out += first.readAllStandardOutput();
    QCOMPARE(::kill(pid_t(first.processId()), SIGSTOP), 0);
    const auto second = upgrade(package());
    ::kill(pid_t(first.processId()), SIGCONT);
    QVERIFY(first.waitForFinished(Limit));
    QVERIFY2(second.status == 5, second.err.constData());
    QCOMPARE(second.lastStep(), QString());
    QCOMPARE(first.exitCode(), 0);
}

void TestUpgradeFailures::brokenConfiguration()
{
    QVERIFY(write(path("app/config/local.php"), "<?php\n$parameters = array(\n  'a' => ,\n);\n"));
    const auto run = cli({"detect", folder() + "/site"});
    QVERIFY2(run.status == 1, run.err.constData());
    QVERIFY2(run.err.contains("line 3"), run.err.constData());
}

void TestUpgradeFailures::wrongFolders()
{
    const auto missing = cli({"detect", folder() + "/nowhere"});
    QCOMPARE(missing.status, 1);
    QVERIFY2(missing.codes().contains("AssistantError.NoSuchFolder"), missing.err.constData());
    const auto wrong = cli({"upgrade", folder() + "/outside", "--yes"});
    QCOMPARE(wrong.status, 1);
    QVERIFY2(!wrong.codes().isEmpty(), wrong.err.constData());
}

void TestUpgradeFailures::upgradedAlready()
{
    const auto first = upgrade(package());
    QVERIFY2(first.status == 0, first.err.constData());
    const auto second = upgrade(package());
    QVERIFY2(second.status == 3, second.err.constData());
    QCOMPARE(second.lastStep(), QString());
}

} // namespace Banister

QTEST_GUILESS_MAIN(Banister::TestUpgradeFailures)
#include "tst_upgradefailures.moc"
