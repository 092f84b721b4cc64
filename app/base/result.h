// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/failure.h"

#include <QtGlobal>

#include <utility>
#include <variant>

namespace Banister {

/// A value, or why there is none: an Error, or Cancelled. Result<> carries no value: return Success.
template<typename T = std::monostate>
class [[nodiscard]] Result
{
public:
    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value))
    {}
    Result(Error error)
        : m_state(std::in_place_index<1>, Failure(std::move(error)))
    {}
    Result(Cancelled cancelled)
        : m_state(std::in_place_index<1>, Failure(cancelled))
    {}
    Result(Failure failure)
        : m_state(std::in_place_index<1>, std::move(failure))
    {}

    bool isOk() const { return m_state.index() == 0; }
    explicit operator bool() const { return isOk(); }
    bool isCancelled() const { return !isOk() && std::holds_alternative<Cancelled>(failure()); }
    bool isError() const { return !isOk() && std::holds_alternative<Error>(failure()); }

    const T &value() const & { return std::get<0>(m_state); }
    T &value() & { return std::get<0>(m_state); }
    T &&value() && { return std::get<0>(std::move(m_state)); }
    const T *operator->() const { return &value(); }
    T *operator->() { return &value(); }
    const T &operator*() const & { return value(); }
    T &operator*() & { return value(); }
    T &&operator*() && { return std::move(*this).value(); }

    /// To pass on: converts into any other Result. Only where there is no value.
    const Failure &failure() const { return std::get<1>(m_state); }
    /// Only where isError().
    const Error &error() const { return std::get<Error>(failure()); }

private:
    std::variant<T, Failure> m_state;
};

inline constexpr std::monostate Success;

/// Puts an error on top of a failure's; a cancellation stays one.
inline Failure because(Error top, const Failure &lower)
{
    if (const auto *error = std::get_if<Error>(&lower))
        return std::move(top).because(*error);
    return lower;
}

} // namespace Banister
