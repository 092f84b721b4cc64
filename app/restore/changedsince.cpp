// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/changedsince.h"

#include "files/durable.h"

#include <QFileInfo>
#include <QList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString listIn(const QString &folder)
{
    return folder + u"/changed-since.txt"_s;
}

} // namespace

Result<> recordChangedSince(const QString &folder, const ChangedPaths &paths)
{
    QList<QByteArray> sorted(paths.begin(), paths.end());
    std::sort(sorted.begin(), sorted.end());
    QByteArray text;
    for (const auto &path : std::as_const(sorted))
        text += path.toPercentEncoding("/ ") + '\n'; // a name may hold a line break
    return writeDurably(listIn(folder), text);
}

Result<ChangedPaths> readChangedSince(const QString &folder)
{
    constexpr qint64 Limit = 256LL * 1024 * 1024;
    ChangedPaths paths;
    if (!QFileInfo::exists(listIn(folder)))
        return paths;
    const auto text = readWhole(listIn(folder), Limit);
    if (!text)
        return text.failure();
    const auto lines = text->split('\n');
    for (const auto &line : lines) {
        if (!line.isEmpty())
            paths.insert(QByteArray::fromPercentEncoding(line));
    }
    return paths;
}

} // namespace Banister
