// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "steps/entryswap.h"

#include "files/fileerror.h"
#include "files/move.h"
#include "files/privatefolder.h"
#include "steps/topentries.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QScopeGuard>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QJsonArray encoded(const QList<QByteArray> &names)
{
    QJsonArray array;
    for (const auto &name : names)
        array.append(QString::fromLatin1(name.toPercentEncoding()));
    return array;
}

QList<QByteArray> decoded(const QJsonValue &value)
{
    QList<QByteArray> names;
    const auto array = value.toArray();
    for (const auto &name : array)
        names.append(QByteArray::fromPercentEncoding(name.toString().toLatin1()));
    return names;
}

Result<SwapPlan> makePlan(const SwapRequest &request)
{
    SwapPlan plan;
    auto out = topEntries(request.site);
    if (!out)
        return out.failure();
    auto in = topEntries(request.newTree);
    if (!in)
        return in.failure();
    plan.in = std::move(in).value();
    std::copy_if(out->begin(), out->end(), std::back_inserter(plan.out), [&](const auto &name) {
        return !request.staying.contains(name);
    });
    if (plan.in.isEmpty()) {
        return Error{FileError::NotFound,
                     QCoreApplication::translate("EntrySwap", "The new files in %1 are gone.")
                         .arg(request.newTree),
                     {},
                     {}};
    }
    for (const auto &name : std::as_const(plan.out)) {
        const auto path = request.site + u'/' + QFile::decodeName(name);
        if (const auto movable = checkMovable(path, request.holding); !movable)
            return movable.failure();
    }
    return plan;
}

/// A new entry has no place where one stays: what stays is not something in the way.
Result<> checkStaying(const SwapRequest &request, const SwapPlan &plan)
{
    for (const auto &name : plan.in) {
        if (!request.staying.contains(name) || !entryStands(request.newTree, name))
            continue;
        return fileError(FileError::Exists,
                         QCoreApplication::translate(
                             "EntrySwap", "%1 stays where it is, but the new files bring one too.")
                             .arg(shownPath(request.site, name)));
    }
    return Success;
}

Result<SwapPlan> plannedBefore(const SwapRequest &request, StepContext &context)
{
    const auto former = context.intentions();
    for (const auto &intention : former) {
        if (!intention.contains("out"_L1))
            continue;
        auto plan = SwapPlan::fromJson(intention);
        if (const auto checked = checkStaying(request, plan); !checked)
            return checked.failure();
        return plan;
    }
    auto plan = makePlan(request);
    if (!plan)
        return plan.failure();
    if (const auto checked = checkStaying(request, *plan); !checked)
        return checked.failure();
    if (request.announce) {
        if (const auto announced = request.announce(*plan); !announced)
            return announced.failure();
    }
    if (const auto noted = context.intend(plan->toJson()); !noted)
        return noted.failure();
    return plan;
}

Result<> moveAll(const QList<QByteArray> &names,
                 const QString &from,
                 const QString &to,
                 const QString &strays,
                 StepContext &context)
{
    QList<QByteArray> pending;
    for (const auto &name : names) {
        if (!entryStands(from, name))
            continue; // a former try has moved it
        if (entryStands(to, name)) {
            // The running site made it anew meanwhile: it goes out of the way, not away.
            context.log(u"In the way, set aside in %1: %2"_s.arg(strays, QFile::decodeName(name)));
            const auto stray = freeName(strays, name);
            if (const auto moved = moveEntry(to + u'/' + QFile::decodeName(name), stray); !moved)
                return moved.failure();
        }
        pending.append(name);
    }
    return moveEntries(from, to, pending);
}

} // namespace

QJsonObject SwapPlan::toJson() const
{
    return {{u"out"_s, encoded(out)}, {u"in"_s, encoded(in)}};
}

SwapPlan SwapPlan::fromJson(const QJsonObject &json)
{
    return {decoded(json.value("out"_L1)), decoded(json.value("in"_L1))};
}

Result<SwapPlan> swapEntries(const SwapRequest &request, StepContext &context)
{
    for (const auto &folder : {request.holding, request.strays}) {
        if (!QDir().mkpath(folder))
            return fileError(EACCES, QCoreApplication::translate("EntrySwap", "making"), folder);
    }
    // Seldom is anything in the way.
    const auto tidied = qScopeGuard([&request] { QDir().rmdir(request.strays); });
    auto plan = plannedBefore(request, context);
    if (!plan)
        return plan.failure();
    // Until an entry of the new tree stands in the site's folder, an entry there is an old one.
    QList<QByteArray> stillOld;
    for (const auto &name : std::as_const(plan->out)) {
        const bool isReplaced = plan->in.contains(name) && !entryStands(request.newTree, name);
        if (!isReplaced)
            stillOld.append(name);
    }
    for (const auto &name : std::as_const(stillOld)) {
        // Moved out already, and made anew by the running site: not a part of the old tree.
        if (entryStands(request.holding, name) && entryStands(request.site, name)) {
            context.log(u"Appeared during the move, set aside in %1: %2"_s.arg(
                request.strays, QFile::decodeName(name)));
            const auto moved = moveEntry(request.site + u'/' + QFile::decodeName(name),
                                         freeName(request.strays, name));
            if (!moved)
                return moved.failure();
        }
    }
    if (const auto moved =
            moveAll(stillOld, request.site, request.holding, request.strays, context);
        !moved)
        return moved.failure();
    if (const auto moved =
            moveAll(plan->in, request.newTree, request.site, request.strays, context);
        !moved)
        return moved.failure();
    return plan;
}

} // namespace Banister
