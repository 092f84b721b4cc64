// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/errorcatalogue.h"
#include "php/phperror.h"
#include "php/phpfailure.h"
#include "php/phpoutput.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Banister;

/// captures/ holds output in the formats of PHP, Symfony's console, Doctrine and ssh, each with
/// the code that it means; an empty code stands for output in which nothing failed.
class tst_phpfailure : public QObject
{
    Q_OBJECT

private slots:
    void everyErrorIsExplained();
    void recognises_data();
    void recognises();
    void tellsACrash();
    void joinsWhatABoxCut();
    void keepsSecretsOut_data();
    void keepsSecretsOut();
    void showsThePlaceInLongOutput();
};

void tst_phpfailure::everyErrorIsExplained()
{
    const auto catalogue = ErrorCatalogue::load();
    QVERIFY2(catalogue.isOk(), catalogue.isOk() ? "" : qPrintable(catalogue.error().fact));
    const auto codes = QMetaEnum::fromType<PhpError>();
    for (int i = 0; i < codes.keyCount(); ++i)
        QVERIFY2(catalogue->find(PhpError(codes.value(i))), codes.key(i));
}

void tst_phpfailure::recognises_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("fact");
    QTest::addColumn<QString>("absent");
    QTest::addColumn<QByteArray>("out");
    QTest::addColumn<QByteArray>("err");
    const auto files = QDir(QFINDTESTDATA("captures")).entryInfoList({"*.txt"}, QDir::Files);
    QVERIFY(files.size() > 80);
    for (const auto &info : files) {
        QFile file(info.filePath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        auto field = [&file](const QByteArray &name) {
            const auto line = file.readLine();
            if (!line.startsWith("# " + name + ":"))
                qFatal("%s has no %s", qPrintable(file.fileName()), name.constData());
            return QString::fromUtf8(line.mid(name.size() + 3)).trimmed();
        };
        const auto code = field("code");
        const auto status = field("exit").toInt();
        const auto fact = field("fact");
        const auto absent = field("absent");
        const auto output = file.readAll();
        const QByteArray out("----- stdout -----\n");
        const QByteArray err("----- stderr -----\n");
        const auto split = output.indexOf(err);
        QVERIFY(output.startsWith(out) && split > 0);
        QTest::newRow(qPrintable(info.completeBaseName()))
            << code << status << fact << absent << output.mid(out.size(), split - out.size())
            << output.mid(split + err.size());
    }
}

void tst_phpfailure::recognises()
{
    QFETCH(const QString, code);
    QFETCH(const QString, fact);
    QFETCH(const QString, absent);
    QFETCH(const int, status);
    QFETCH(const QByteArray, out);
    QFETCH(const QByteArray, err);
    const auto found = recognisePhpFailure({status, out, err});
    QCOMPARE(found ? found->code.toString() : QString(), code);
    if (!found)
        return;
    QVERIFY2(found->fact.contains(fact), qPrintable(found->fact));
    QVERIFY(!found->fact.contains('%'));
    QVERIFY(!found->details.isEmpty());
    QVERIFY(absent.isEmpty() || !(found->details + found->fact).contains(absent));
    // The streams the other way round mean the same.
    const auto swapped = recognisePhpFailure({status, err, out});
    QVERIFY(swapped);
    QCOMPARE(swapped->code.toString(), code);
}

void tst_phpfailure::tellsACrash()
{
    ProcessResult result{139, {}, {}};
    result.signal = 11;
    QCOMPARE(recognisePhpFailure(result)->code, PhpError::Crashed);
    QVERIFY(!recognisePhpFailure({255, {}, {}}));
    QVERIFY(!recognisePhpFailure({0, {}, {}}));
}

void tst_phpfailure::joinsWhatABoxCut()
{
    const QByteArray line(76, 'x');
    const QByteArray box = "\nIn A.php line 1:\n" + QByteArray(80, ' ') + "\n  " + line.left(75)
                           + "   \n  rest of the words" + QByteArray(61, ' ') + "\n"
                           + QByteArray(80, ' ') + "\n";
    QVERIFY2(plainConsoleText(box).contains("xxx rest of the words\n"),
             qPrintable(plainConsoleText(box)));
    QCOMPARE(plainConsoleText("\x1b[37;41mred\x1b[39;49m\r\n[2024-05-06 07:08:09] next\n"),
             "red\nnext\n");
}

void tst_phpfailure::keepsSecretsOut_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("given") << "the word s3cret stands here";
    QTest::newRow("address") << "mysql://user:s3cretword@host/db and redis://:s3cretword@host";
    QTest::newRow("array") << "'db_password' => 's3cretword', \"api_key\": \"s3cretword\"";
    QTest::newRow("assignment") << "DB_PASSWORD=s3cretword PGPASSWD=s3cretword token: s3cretword";
    QTest::newRow("trace") << "#3 /a.php(3): f('s3cretword')\n#4 [internal function]: g('a) (b', "
                              "'s3cretword')\n#5 {main}";
}

void tst_phpfailure::keepsSecretsOut()
{
    QFETCH(const QString, text);
    const auto clean = withoutSecrets(text, {"s3cret ", ""});
    QVERIFY2(!clean.contains("s3cret"), qPrintable(clean));
    QCOMPARE(withoutSecrets("(using password: YES)", {}), "(using password: YES)");
}

void tst_phpfailure::showsThePlaceInLongOutput()
{
    const auto noise = QByteArray("all is well\n").repeated(100000);
    const auto found = recognisePhpFailure({1, noise + "could not find driver\n" + noise, {}});
    QVERIFY(found);
    QCOMPARE(found->code, PhpError::DriverMissing);
    QVERIFY(found->details.contains("could not find driver"));
    QVERIFY(found->details.size() < 6000);
}

QTEST_GUILESS_MAIN(tst_phpfailure)
#include "tst_phpfailure.moc"
