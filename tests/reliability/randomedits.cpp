// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "reliability/randomedits.h"

#include <QFile>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Banister {

namespace {

template<typename List>
auto oneOf(const List &list, QRandomGenerator &random)
{
    return *(std::begin(list) + random.bounded(int(std::size(list))));
}

bool writeFile(const QByteArray &path, const QByteArray &content)
{
    const int file = ::open(path.constData(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    const bool isWritten =
        file >= 0 && ::write(file, content.constData(), size_t(content.size())) == content.size();
    return file >= 0 && ::close(file) == 0 && isWritten;
}

} // namespace

QByteArray RandomEdits::anyName()
{
    static const std::array<QByteArray, 14> names{"plain.txt",
                                                  " ",
                                                  "two  words ",
                                                  "-rf",
                                                  "line\nbreak",
                                                  "latin \xe9\xff\xfe",
                                                  "quote'\"`$(id)",
                                                  "per%cent%s%n",
                                                  "back\\slash",
                                                  "*?[a]",
                                                  "\x01\x1b[31m",
                                                  "gr\xc3\xbc\xc3\x9f\xf0\x9f\x8c\x8d",
                                                  ".hidden",
                                                  "#hash;semi&"};
    constexpr int Longest = 255;
    constexpr int Rarely = 10;
    const auto number = QByteArray::number(m_random.bounded(1000));
    auto name = oneOf(names, m_random) + number;
    return m_random.bounded(Rarely) == 0 ? name.leftJustified(Longest, 'x') : name;
}

QByteArray RandomEdits::anyFolder() const
{
    static const std::array<const char *, 4> folders{
        "media", "media/images", "media/files", "themes"};
    return QFile::encodeName(m_fixture.site().sitePath()) + '/' + oneOf(folders, m_random);
}

bool RandomEdits::changeAttributes(const QByteArray &path, bool isLink)
{
    static const std::array<mode_t, 6> modes{0600, 0644, 0664, 0755, 0444, 0700};
    if (!isLink && ::chmod(path.constData(), oneOf(modes, m_random)) != 0)
        return false;
    // From 1970 to 2033, with nanoseconds.
    const timespec time{time_t(m_random.bounded(2'000'000'000)),
                        long(m_random.bounded(1'000'000'000))};
    const std::array<timespec, 2> times{time, time};
    return ::utimensat(AT_FDCWD, path.constData(), times.data(), AT_SYMLINK_NOFOLLOW) == 0;
}

bool RandomEdits::editOneFile()
{
    constexpr int Largest = 20'000;
    const auto path = anyFolder() + '/' + anyName();
    switch (m_random.bounded(5)) {
    case 0:
        if (::mkdir(path.constData(), 0755) != 0)
            return errno == EEXIST;
        if (m_random.bounded(2) == 0 && !writeFile(path + '/' + anyName(), "deep"))
            return false;
        return changeAttributes(path, false) && ::chmod(path.constData(), 0755) == 0;
    case 1: {
        static const std::array<QByteArray, 4> targets{
            "nowhere", "../media", "/etc/passwd", "bad \xff\ntarget"};
        if (::symlink(oneOf(targets, m_random).constData(), path.constData()) != 0)
            return errno == EEXIST;
        return changeAttributes(path, true);
    }
    default:
        break;
    }
    QByteArray content(m_random.bounded(Largest), Qt::Uninitialized);
    for (auto &byte : content)
        byte = char(m_random.bounded(256));
    return writeFile(path, content) ? changeAttributes(path, false)
                                    : errno == EISDIR || errno == ENOENT || errno == EACCES;
}

QString RandomEdits::editFiles(int count)
{
    for (int i = 0; i < count; ++i) {
        if (!editOneFile())
            return QString("a file cannot be edited: %1").arg(qt_error_string(errno));
    }
    return {};
}

QString RandomEdits::editRows(int count)
{
    static const std::array<const char *, 5> texts{"o''clock \\\\ \\\" gruß",
                                                   "",
                                                   "line\\nbreak\\0zero",
                                                   "-- no comment; DROP",
                                                   "'', NULL); --"};
    for (int i = 0; i < count; ++i) {
        const QString text = oneOf(texts, m_random);
        const std::array<QString, 3> statements{
            "INSERT INTO leads SET is_published = 1, points = %1, company = '%2'",
            "UPDATE leads SET points = %1, company = '%2' WHERE id % 7 = %1 % 7",
            "DELETE FROM audit_log WHERE id % 11 = %1 % 11 AND '%2' IS NOT NULL"};
        const auto statement = QString(oneOf(statements, m_random))
                                   .replace("%2", text)
                                   .replace("%1", QString::number(m_random.bounded(1000)));
        const auto said = m_fixture.sql(statement);
        if (!said.isEmpty())
            return statement + ": " + said.join(' ');
    }
    return {};
}

QString RandomEdits::addTables(int count)
{
    static const std::array<const char *, 7> names{
        "two words", "select", "tick``ed", "gruß", "100%_sure", "a.b", "quote'\""};
    for (int i = 0; i < count; ++i) {
        const auto name = QString("`%1 %2`").arg(oneOf(names, m_random)).arg(i);
        const QStringList statements{
            "CREATE TABLE " + name
                + " (`the key` INT PRIMARY KEY AUTO_INCREMENT, `va``lue` VARBINARY(200), "
                  "`text` TEXT, `at` DATETIME(6), `x.y` DOUBLE) DEFAULT CHARSET utf8mb4",
            "INSERT INTO " + name
                + QString(" (`va``lue`, `text`, `x.y`) SELECT UNHEX(SHA2(seq * %1, 512)), "
                          "REPEAT(CHAR(seq % 256 USING latin1), seq), seq / 3 FROM seq_1_to_%2")
                      .arg(m_random.bounded(1, 10'000))
                      .arg(m_random.bounded(1, 60))};
        for (const auto &statement : statements) {
            const auto said = m_fixture.sql(statement);
            if (!said.isEmpty())
                return statement + ": " + said.join(' ');
        }
    }
    return {};
}

} // namespace Banister
