// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/practicefile.h"

#include <QDirIterator>
#include <QFile>
#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;

// A static library's resources are linked in by naming them, outside of any namespace.
static void initPracticeResources()
{
    Q_INIT_RESOURCE(mautic);
}

namespace Banister {

namespace {

constexpr qsizetype poolSize = 4'194'304;

QByteArray binaryPool()
{
    QByteArray pool(poolSize, Qt::Uninitialized);
    QRandomGenerator random(4711);
    for (auto &byte : pool)
        byte = static_cast<char>(random.generate() & 0xffU);
    return pool;
}

QByteArray textPool()
{
    static const QList<QByteArray> words{
        "public",      "function",  "contact", "return", "array",   "segment", "campaign",
        "$this->",     "if (",      "null",    "string", "email",   "{",       "}",
        "// a note\n", "translate", "Größe",   ";\n",    "foreach", "value"};
    QByteArray pool;
    pool.reserve(poolSize + 64);
    QRandomGenerator random(1147);
    while (pool.size() < poolSize) {
        pool += words.at(random.bounded(static_cast<int>(words.size())));
        pool += random.bounded(9) == 0 ? QByteArray::number(random.generate()) : QByteArray(" ");
    }
    return pool;
}

qsizetype fillerSize(QRandomGenerator &random)
{
    const int kind = random.bounded(100);
    if (kind < 60)
        return random.bounded(500, 6'000);
    return kind < 95 ? random.bounded(6'000, 20'000) : random.bounded(20'000, 60'000);
}

} // namespace

QByteArray bytesOf(const PracticeFile &file)
{
    if (file.filler == PracticeFile::Filler::None)
        return file.content;
    static const QByteArray binary = binaryPool();
    static const QByteArray text = textPool();
    const bool isText = file.filler == PracticeFile::Filler::Text;
    const auto &pool = isText ? text : binary;
    QRandomGenerator random(file.seed);
    const auto size = fillerSize(random);
    const auto start = random.bounded(static_cast<int>(pool.size() - size));
    const auto head =
        isText && file.path.endsWith(".php")
            ? QByteArray("<?php\n\n/* practice " + QByteArray::number(file.seed) + "\n")
            : QByteArray("practice " + QByteArray::number(file.seed) + "\n");
    return head + pool.mid(start, size) + (head.startsWith('<') ? "\n*/\n" : "");
}

QByteArray practiceResource(const QString &path)
{
    initPracticeResources();
    QFile file(u":/practice/"_s + path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QList<PracticeFile> practiceResources(const QString &folder)
{
    initPracticeResources();
    const auto root = QString(u":/practice/"_s + folder + u'/');
    QList<PracticeFile> files;
    QDirIterator entries(root, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        const auto path = entries.next();
        PracticeFile file;
        file.path = path.mid(root.size()).toUtf8();
        file.content = practiceResource(path.mid(u":/practice/"_s.size()));
        files.append(file);
    }
    std::sort(files.begin(), files.end(), [](const auto &left, const auto &right) {
        return left.path < right.path;
    });
    return files;
}

} // namespace Banister
