// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runfolder.h"

#include "engine/engineenums.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QRegularExpression>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(RunFolder)
};

const auto stampFormat = u"yyyyMMdd'T'HHmmsszzz'Z'"_s;

bool isId(const QString &name)
{
    static const QRegularExpression pattern(u"^\\d{8}T\\d{9}Z-[0-9a-f]{32}\\z"_s);
    return pattern.match(name).hasMatch();
}

QString stampOf(const QDateTime &time)
{
    return time.toString(stampFormat);
}

// A clock that was set back must not make an old run the newest.
QString newId(const QList<RunFolder> &existing)
{
    auto time = QDateTime::currentDateTimeUtc();
    if (!existing.isEmpty() && stampOf(time) <= existing.first().id().section(u'-', 0, 0)) {
        time = QDateTime::fromString(existing.first().id().section(u'-', 0, 0), stampFormat);
        time.setTimeSpec(Qt::UTC);
        time = time.addMSecs(1);
    }
    std::array<quint32, 4> random = {};
    QRandomGenerator::system()->fillRange(random.data(), qsizetype(random.size()));
    auto id = stampOf(time) + u'-';
    for (const auto part : random)
        id += u"%1"_s.arg(part, 8, 16, QLatin1Char('0'));
    return id;
}

// Its name is on disk when the folder above is synced.
Result<> makeFolder(const QString &path)
{
    const auto name = QFile::encodeName(path);
    if (::mkdir(name.constData(), 0700) != 0) {
        if (errno == EEXIST && QDir(path).exists())
            return Success;
        return Error{
            EngineError::CannotCreateRun,
            Texts::tr("The folder %1 cannot be created: %2.").arg(path, qt_error_string(errno)),
            {},
            {}};
    }
    const auto above = QFile::encodeName(QDir(path).absoluteFilePath(u".."_s));
    const int fd = ::open(above.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        ::fsync(fd);
        ::close(fd);
    }
    return Success;
}

QString runsIn(const QString &privateFolder)
{
    return privateFolder + u"/runs"_s;
}

} // namespace

Result<> RunFolder::prepare(const QString &privateFolder)
{
    return makeFolder(privateFolder);
}

Result<RunFolder> RunFolder::create(const QString &privateFolder)
{
    const auto id = newId(list(privateFolder));
    const auto path = runsIn(privateFolder) + u'/' + id;
    for (const auto &folder : {privateFolder, runsIn(privateFolder), path}) {
        if (auto made = makeFolder(folder); !made)
            return made.failure();
    }
    return RunFolder(id, path);
}

Result<RunFolder> RunFolder::find(const QString &privateFolder, const QString &id)
{
    const auto path = runsIn(privateFolder) + u'/' + id;
    if (isId(id) && QDir(path).exists())
        return RunFolder(id, path);
    return Error{EngineError::NoSuchRun,
                 Texts::tr("There is no run %1 in %2.").arg(id, runsIn(privateFolder)),
                 {},
                 {}};
}

QList<RunFolder> RunFolder::list(const QString &privateFolder)
{
    QList<RunFolder> runs;
    const QDir folder(runsIn(privateFolder));
    const auto names =
        folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed);
    for (const auto &name : names) {
        if (isId(name))
            runs.append(RunFolder(name, folder.filePath(name)));
    }
    return runs;
}

QString RunFolder::journalPath() const
{
    return m_path + u"/journal.jsonl"_s;
}

} // namespace Banister
