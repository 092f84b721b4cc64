// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTemporaryDir>

namespace Banister {

/// Puts the program into a mount namespace of its own, where it may mount what it likes without
/// anybody else seeing it; as a normal user in a user namespace as well, where it is root. To be
/// called first in main(): it starts the program again, through unshare(1). Returns in the new one.
void enterPrivateMounts(char **argv);

/// Whether files can be given to other users and other users be played: root, and not only the root
/// of a user namespace with nobody else in it.
bool canBeOthers();

/// In place of QTEST_GUILESS_MAIN for tests that use the classes below.
#define BANISTER_TEST_MAIN_WITH_MOUNTS(TestClass)                                                  \
    int main(int argc, char **argv)                                                                \
    {                                                                                              \
        Banister::enterPrivateMounts(argv);                                                        \
        QCoreApplication app(argc, argv);                                                          \
        TestClass test;                                                                            \
        return QTest::qExec(&test, argc, argv);                                                    \
    }

/// A file system in memory, of exactly this size, to be filled up for real.
/// Needs enterPrivateMounts().
class SmallFileSystem
{
public:
    /// Rounded up to pages of 4096 bytes; inodes 0: not limited.
    explicit SmallFileSystem(qint64 sizeInBytes, int inodes = 0);
    ~SmallFileSystem();
    Q_DISABLE_COPY_MOVE(SmallFileSystem)

    QString path() const { return m_folder.path(); }
    QString path(const QString &name) const { return m_folder.filePath(name); }
    /// Changes the size while it is in use, as when somebody makes room.
    void resize(qint64 sizeInBytes);

private:
    QTemporaryDir m_folder;
};

/// Makes a folder read-only for everybody, root too, as long as it lives.
/// Needs enterPrivateMounts().
class ReadOnlyMount
{
public:
    explicit ReadOnlyMount(const QString &folder);
    ~ReadOnlyMount();
    Q_DISABLE_COPY_MOVE(ReadOnlyMount)

private:
    QString m_folder;
};

} // namespace Banister
