// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/pathcode.h"

#include <string_view>

namespace Banister {

namespace {

using Byte = unsigned char;

// Length of the valid UTF-8 sequence that begins here, 0 where there is none (Unicode, table 3-7).
qsizetype sequenceAt(const Byte *at, qsizetype left)
{
    const auto isTail = [&](qsizetype i) { return i < left && (at[i] & 0xc0U) == 0x80U; };
    const Byte first = at[0];
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first <= 0xdf)
        return isTail(1) ? 2 : 0;
    if (first >= 0xe0 && first <= 0xef) {
        if (!isTail(1) || !isTail(2) || (first == 0xe0 && at[1] < 0xa0)
            || (first == 0xed && at[1] > 0x9f))
            return 0;
        return 3;
    }
    if (first >= 0xf0 && first <= 0xf4) {
        if (!isTail(1) || !isTail(2) || !isTail(3) || (first == 0xf0 && at[1] < 0x90)
            || (first == 0xf4 && at[1] > 0x8f))
            return 0;
        return 4;
    }
    return 0;
}

void appendEscaped(QByteArray &text, Byte byte)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    text += '%';
    text += digits[byte >> 4U];
    text += digits[byte & 15U];
}

int hexValue(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'A' && digit <= 'F')
        return digit - 'A' + 10;
    return -1;
}

} // namespace

QByteArray encodedPath(const QByteArray &path, PathCode code)
{
    QByteArray text;
    text.reserve(path.size());
    const auto *bytes = reinterpret_cast<const Byte *>(path.constData());
    for (qsizetype i = 0; i < path.size();) {
        const auto length = sequenceAt(bytes + i, path.size() - i);
        const bool isControl = bytes[i] < 0x20 || bytes[i] == 0x7f;
        if (length == 0 || isControl || (bytes[i] == '%' && code == PathCode::Lossless)) {
            appendEscaped(text, bytes[i]);
            ++i;
        } else {
            text.append(path.constData() + i, length);
            i += length;
        }
    }
    return text;
}

std::optional<QByteArray> decodedPath(const QByteArray &text)
{
    QByteArray path;
    path.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) != '%') {
            path += text.at(i);
            continue;
        }
        const bool isWhole = i + 2 < text.size();
        const int high = isWhole ? hexValue(text.at(i + 1)) : -1;
        const int low = isWhole ? hexValue(text.at(i + 2)) : -1;
        if (high < 0 || low < 0)
            return std::nullopt;
        path += char(high * 16 + low);
        i += 2;
    }
    return path;
}

} // namespace Banister
