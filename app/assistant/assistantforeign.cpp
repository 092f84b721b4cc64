// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "assistant/assistant.h"
#include "files/privatefolder.h"
#include "restore/restoreerror.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("Assistant", sentence);
}

/// The restore point that was made of it.
QString takenAs(const ForeignLeft &left, const QList<RestorePoint> &points)
{
    const auto found = std::find_if(points.begin(), points.end(), [&left](const auto &point) {
        return point.foreign && point.foreign->folder == left.name
               && point.foreign->script == left.script && !point.notes.used.isValid();
    });
    return found == points.end() ? QString() : found->id();
}

} // namespace

QList<ForeignLeft> Assistant::foreignLeft(const SiteSettings &settings) const
{
    QList<ForeignLeft> found;
    for (const auto &product : m_products)
        found += product->foreignLeft(settings);
    if (found.isEmpty())
        return found;
    const auto points = status(settings).restorePoints;
    for (auto &left : found)
        left.takenAs = takenAs(left, points);
    return found;
}

Result<ForeignLeft> Assistant::foreignNamed(const SiteSettings &settings, const QString &name) const
{
    const auto all = foreignLeft(settings);
    const auto found = std::find_if(all.begin(), all.end(), [&name](const ForeignLeft &left) {
        return left.name == name || left.name.section(u'/', -1) == name;
    });
    if (found != all.end())
        return *found;
    return Error{
        RestoreError::NoRollbackFound,
        text("Another program has left nothing called %1 in %2.").arg(name, settings.folder),
        {},
        {}};
}

Result<RestorePointRequest> Assistant::takeOverRequest(const SiteSettings &settings,
                                                       const QString &name,
                                                       Monitor &monitor) const
{
    const auto left = foreignNamed(settings, name);
    if (!left)
        return left.failure();
    auto request = product(left->product)->takeOverRequest(settings, *left, monitor);
    if (!request)
        return request;
    request->folder = newPointFolder(settings, randomHex(16));
    const auto held = namesHeld(status(settings));
    if (!held)
        return held.failure();
    request->excluded += *held;
    request->excluded.removeDuplicates();
    return request;
}

Result<PointEstimate> Assistant::estimateTakeOver(const SiteSettings &settings,
                                                  const QString &name,
                                                  Monitor &monitor) const
{
    const auto request = takeOverRequest(settings, name, monitor);
    if (!request)
        return request.failure();
    return estimatePoint(*request, monitor);
}

Result<RestorePoint>
Assistant::takeOver(const SiteSettings &settings, const QString &name, Monitor &monitor) const
{
    auto request = takeOverRequest(settings, name, monitor);
    if (!request)
        return request.failure();
    return makePoint(settings, *request, u"takeOver"_s, monitor);
}

} // namespace Banister
