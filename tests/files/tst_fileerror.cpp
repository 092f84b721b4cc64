// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/errorcatalogue.h"
#include "files/fileerror.h"
#include "files/pathcode.h"

#include <QTest>

#include <cerrno>

using namespace Banister;

class tst_FileError : public QObject
{
    Q_OBJECT

private slots:
    void everyCodeIsExplained();
    void namesCauseAndPath();
    void codesOfErrno_data();
    void codesOfErrno();
    void pathsSurviveTheEncoding_data();
    void pathsSurviveTheEncoding();
    void badEncodingsAreRefused();
};

void tst_FileError::everyCodeIsExplained()
{
    const auto catalogue = ErrorCatalogue::load();
    QVERIFY(catalogue);
    const auto codes = QMetaEnum::fromType<FileError>();
    for (int i = 0; i < codes.keyCount(); ++i)
        QVERIFY2(catalogue->find(FileError(codes.value(i))), codes.key(i));
}

void tst_FileError::namesCauseAndPath()
{
    const auto error = fileError(ENOSPC, "The file cannot be written", "/srv/a\nb");
    QCOMPARE(error.code, ErrorCode(FileError::DiskFull));
    QCOMPARE(error.fact, "The file cannot be written: the disk is full (/srv/a%0Ab).");
    QVERIFY(error.details.contains("errno 28"));
}

void tst_FileError::codesOfErrno_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<FileError>("code");
    QTest::newRow("missing") << ENOENT << FileError::NotFound;
    QTest::newRow("denied") << EACCES << FileError::NoPermission;
    QTest::newRow("read-only") << EROFS << FileError::ReadOnly;
    QTest::newRow("quota") << EDQUOT << FileError::QuotaExceeded;
    QTest::newRow("other device") << EXDEV << FileError::OtherFileSystem;
    QTest::newRow("too many files") << EMFILE << FileError::TooManyOpenFiles;
    QTest::newRow("stale") << ESTALE << FileError::Stale;
    QTest::newRow("dead sshfs") << ENOTCONN << FileError::InputOutput;
    QTest::newRow("a link in the path") << ELOOP << FileError::UnsafePath;
    QTest::newRow("rare") << EDOM << FileError::Unexpected;
}

void tst_FileError::codesOfErrno()
{
    QFETCH(int, number);
    QFETCH(FileError, code);
    QCOMPARE(fileError(number, "It failed", "/tmp").code, ErrorCode(code));
}

void tst_FileError::pathsSurviveTheEncoding_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("encoded");
    QTest::newRow("plain") << QByteArray("a/b c") << QByteArray("a/b c");
    QTest::newRow("UTF-8") << QByteArray("\xc3\xa4\xf0\x9f\x98\x80")
                           << QByteArray("\xc3\xa4\xf0\x9f\x98\x80");
    QTest::newRow("no UTF-8") << QByteArray("a\xff\xc3") << QByteArray("a%FF%C3");
    QTest::newRow("overlong") << QByteArray("\xc0\xaf") << QByteArray("%C0%AF");
    QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << QByteArray("%ED%A0%80");
    QTest::newRow("control characters") << QByteArray("a\nb\x7f") << QByteArray("a%0Ab%7F");
    QTest::newRow("percent") << QByteArray("100%41") << QByteArray("100%2541");
    QByteArray all;
    for (int byte = 1; byte < 256; ++byte)
        all += char(byte);
    QTest::newRow("all bytes") << all << encodedPath(all, PathCode::Lossless);
}

void tst_FileError::pathsSurviveTheEncoding()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, encoded);
    QCOMPARE(encodedPath(path, PathCode::Lossless), encoded);
    QCOMPARE(decodedPath(encoded), std::optional(path));
    QCOMPARE(QString::fromUtf8(encoded).toUtf8(), encoded);
}

void tst_FileError::badEncodingsAreRefused()
{
    for (const auto *text : {"%", "a%4", "%zz", "%-1"})
        QVERIFY(!decodedPath(text));
}

QTEST_GUILESS_MAIN(tst_FileError)
#include "tst_fileerror.moc"
