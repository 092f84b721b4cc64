// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unistd.h>
#include <utility>

namespace Banister {

/// Owns a file descriptor.
class Handle
{
public:
    Handle() = default;
    explicit Handle(int fd)
        : m_fd(fd)
    {}
    Handle(Handle &&other) noexcept
        : m_fd(std::exchange(other.m_fd, -1))
    {}
    Handle &operator=(Handle &&other) noexcept
    {
        std::swap(m_fd, other.m_fd);
        return *this;
    }
    Handle(const Handle &) = delete;
    Handle &operator=(const Handle &) = delete;
    ~Handle() { close(); }

    bool isOpen() const { return m_fd >= 0; }
    int fd() const { return m_fd; }
    /// What close(2) returned, or 0; network file systems report failed writes only here.
    int close() { return m_fd >= 0 ? ::close(std::exchange(m_fd, -1)) : 0; }

private:
    int m_fd = -1;
};

} // namespace Banister
