// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "assistant/rollbacknames.h"

#include "assistant/plankeys.h"

#include <QJsonArray>
#include <QVariant>

namespace Banister {

QJsonObject RollbackNames::toJson() const
{
    return {{PlanKeys::Token, token},
            {PlanKeys::Undoes, QJsonArray::fromStringList(undoes)},
            {PlanKeys::SafetyPoint, safetyPoint},
            {PlanKeys::PresentVersion, presentVersion},
            {PlanKeys::Selection, selection.toJson()}};
}

RollbackNames RollbackNames::fromJson(const QJsonObject &json)
{
    return {json.value(PlanKeys::Token).toString(),
            json.value(PlanKeys::Undoes).toVariant().toStringList(),
            json.value(PlanKeys::SafetyPoint).toString(),
            json.value(PlanKeys::PresentVersion).toString(),
            RollbackSelection::fromJson(json.value(PlanKeys::Selection).toObject())};
}

} // namespace Banister
