// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaEnum>
#include <QString>

#include <type_traits>

namespace Banister {

/// The name of an error as people, forums and the catalogue spell it.
///
/// It is made from an enum of the room that raises the error: DatabaseError::DumpFailed is
/// "DatabaseError.DumpFailed". Enums whose values are codes of a product that the public knows
/// (ERR_DATABASE_BACKUP_FAILED) specialise ErrorEnumTraits and keep the bare name.
template<typename Enum>
struct ErrorEnumTraits
{
    static constexpr bool hasPublicNames = false;
};

class ErrorCode
{
public:
    ErrorCode() = default;

    template<typename Enum, typename = std::enable_if_t<std::is_enum_v<Enum>>>
    ErrorCode(Enum value)
        : ErrorCode(QMetaEnum::fromType<Enum>(), int(value), ErrorEnumTraits<Enum>::hasPublicNames)
    {}

    /// The code of a name read from a journal or a command line; not checked against anything.
    static ErrorCode fromString(const QString &name);

    const QString &toString() const { return m_name; }
    bool isEmpty() const { return m_name.isEmpty(); }
    friend bool operator==(const ErrorCode &, const ErrorCode &) = default;

private:
    ErrorCode(const QMetaEnum &type, int value, bool isPublicName);

    QString m_name;
};

} // namespace Banister
