// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/fileerror.h"
#include "files/foldertime.h"
#include "support/scratchfolder.h"

#include <QDir>
#include <QTest>

using namespace Banister;

class tst_FolderTime : public QObject
{
    Q_OBJECT

private slots:
    void keepsATimeToTheNanosecond();
    void leavesNoTraceOfWhatItOutlives();
    void passesOverAFolderThatIsGone();
};

void tst_FolderTime::keepsATimeToTheNanosecond()
{
    constexpr qint64 Time = 1'500'000'000'123'456'789;
    const ScratchFolder folder;
    QVERIFY(setFolderTime(folder.path(), Time));
    QCOMPARE(folderTime(folder.path()), Time);
}

void tst_FolderTime::leavesNoTraceOfWhatItOutlives()
{
    const ScratchFolder folder;
    QVERIFY(setFolderTime(folder.path(), 1'500'000'000'000'000'001));
    {
        const FolderTimeKeeper keeper(folder.path());
        QVERIFY(QDir(folder.path()).mkdir("new"));
        QVERIFY(folderTime(folder.path()) != 1'500'000'000'000'000'001);
    }
    QCOMPARE(folderTime(folder.path()), 1'500'000'000'000'000'001);
}

void tst_FolderTime::passesOverAFolderThatIsGone()
{
    const ScratchFolder folder;
    const auto gone = folder.filePath("gone");
    QCOMPARE(folderTime(gone), 0);
    QVERIFY(setFolderTime(gone, 1));
    const auto impossible = setFolderTime(folder.filePath(QString(300, 'x')), 1);
    QVERIFY(impossible.isError());
    QVERIFY(!QDir(folder.path()).exists("gone"));
}

QTEST_GUILESS_MAIN(tst_FolderTime)
#include "tst_foldertime.moc"
