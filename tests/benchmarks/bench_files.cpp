// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Files against the usual programs, on a tree like that of a large site: 20,000 files in some 2,800
// folders, 170 MB. All runs write into fresh folders; everything is deleted at the very end, as ext4
// is many times slower at creating files just after others were deleted.
#include "benchmarks/contest.h"
#include "files/copytree.h"
#include "files/move.h"
#include "files/remove.h"
#include "files/zip.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTextStream>

#include <algorithm>
#include <random>
#include <sys/resource.h>

using namespace Banister;

namespace {

constexpr int Files = 20000;
constexpr int Folders = 2800;
constexpr int Rounds = 7;

// Half text that deflates well, half noise, as code and images are.
QByteArray content(std::mt19937 &random, qsizetype size)
{
    static const QByteArray text = "public function getTitle(): string { return $this->title; }\n";
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = (i / 512) % 2 == 0 ? text.at(i % text.size()) : char(random());
    return bytes;
}

void buildSite(const QString &root)
{
    std::mt19937 random(1);
    QStringList folders;
    for (int i = 0; i < Folders; ++i) {
        const auto parent = i < 8 ? QString() : folders.at(int(random() % unsigned(i)));
        folders.append(parent + QStringLiteral("/dir%1").arg(i));
        QDir().mkpath(root + folders.last());
    }
    std::lognormal_distribution<double> sizes(8.0, 1.3);
    for (int i = 0; i < Files; ++i) {
        QFile file(root + folders.at(int(random() % Folders))
                   + QStringLiteral("/file%1.php").arg(i));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("%s: %s", qPrintable(file.fileName()), qPrintable(file.errorString()));
        file.write(content(random, std::min<qsizetype>(qsizetype(sizes(random)) + 1, 2000000)));
    }
}

bool isFine(const auto &result)
{
    if (result.isError())
        qWarning("%s", qPrintable(result.error().fact));
    return result.isOk();
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const auto where = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QDir::tempPath();
    QTemporaryDir folder(where + QStringLiteral("/bench_files-XXXXXX"));
    const auto path = [&](const QString &name, int round = 0) {
        return folder.filePath(name + QString::number(round));
    };
    const auto site = path("site");
    const auto zip = folder.filePath("site.zip");
    SilentMonitor monitor;
    buildSite(site);
    if (!runProgram("sh", {"-c", QStringLiteral("cd '%1' && zip -qr '%2' .").arg(site, zip)}))
        return 2;
    const auto tree = readTree(site, {.hash = true}, monitor);
    if (!isFine(tree))
        return 2;
    QTextStream(stdout) << tree->size() << " entries, " << bytesIn(*tree) / 1000000
                        << " MB, zip of " << QFileInfo(zip).size() / 1000000 << " MB" << Qt::endl;

    // What earlier runs left to be written is not this run's.
    Contest contest(Rounds, [&] { runProgram("sync", {"-f", folder.path()}); });
    contest.run(
        "unpack : bsdtar -xf",
        0.70,
        [&](int round) {
            return isFine(extractZip(zip, path("unpacked", round), monitor, {.durable = false}));
        },
        [&](int round) {
            return QDir().mkpath(path("bsdtar", round))
                   && runProgram("bsdtar", {"-xf", zip, "-C", path("bsdtar", round)});
        });
    contest.run(
        "durable unpack : bsdtar -xf; sync -f",
        0.70,
        [&](int round) { return isFine(extractZip(zip, path("durable-zip", round), monitor)); },
        [&](int round) {
            return QDir().mkpath(path("bsdtar-sync", round))
                   && runProgram("bsdtar", {"-xf", zip, "-C", path("bsdtar-sync", round)})
                   && runProgram("sync", {"-f", path("bsdtar-sync", round)});
        });
    contest.run(
        "copy with hash and metadata : cp -a",
        0.65,
        [&](int round) {
            const CopyOptions options{.hash = true, .durable = false};
            return isFine(copyTree(site, path("copy", round), options, monitor));
        },
        [&](int round) {
            return runProgram("cp", {"-a", site, path("cp", round)});
        });
    contest.run(
        "durable copy with hash : cp -a; sync -f",
        0.55,
        [&](int round) {
            const CopyOptions options{.hash = true, .durable = true};
            return isFine(copyTree(site, path("durable", round), options, monitor));
        },
        [&](int round) {
            return runProgram("cp", {"-a", site, path("cpsync", round)})
                   && runProgram("sync", {"-f", path("cpsync", round)});
        });
    contest.run(
        "hash : sha256sum, two processes",
        0.40,
        [&](int) { return isFine(readTree(site, {.hash = true}, monitor)); },
        [&](int) {
            const auto command =
                QStringLiteral("find '%1' -type f -print0 | xargs -0 -P2 -n 500 sha256sum");
            return runProgram("sh", {"-c", command.arg(site)});
        });
    const auto names = QDir(site).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
    QList<QByteArray> topLevel;
    for (const auto &name : names)
        topLevel.append(QFile::encodeName(name));
    QDir().mkpath(path("moved"));
    contest.time("move of the top-level entries", 0.005, [&](int round) {
        const bool isBack = round % 2 != 0;
        return isFine(
            moveEntries(isBack ? path("moved") : site, isBack ? site : path("moved"), topLevel));
    });
    rusage usage = {};
    getrusage(RUSAGE_SELF, &usage);
    QTextStream(stdout) << "peak memory " << usage.ru_maxrss / 1024 << " MB" << Qt::endl;
    return contest.isWon() ? 0 : 1;
}
