// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/errorcode.h"

using namespace Qt::StringLiterals;

namespace Banister {

ErrorCode::ErrorCode(const QMetaEnum &type, int value, bool isPublicName)
{
    const auto key = QString::fromLatin1(type.valueToKey(value));
    m_name = isPublicName ? key : QString::fromLatin1(type.enumName()) + u'.' + key;
}

ErrorCode ErrorCode::fromString(const QString &name)
{
    ErrorCode code;
    code.m_name = name;
    return code;
}

} // namespace Banister
