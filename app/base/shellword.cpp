// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/shellword.h"

#include <algorithm>
#include <string_view>

namespace Banister {

namespace {

// Letters of other scripts need no quotes.
bool isPlain(char letter)
{
    constexpr std::string_view Plain{"_@%+=:,./-"};
    const auto byte = static_cast<unsigned char>(letter);
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z')
           || (byte >= 'a' && byte <= 'z') || Plain.find(letter) != std::string_view::npos;
}

} // namespace

QByteArray shellWord(const QByteArray &word)
{
    if (!word.isEmpty() && std::all_of(word.begin(), word.end(), isPlain))
        return word;
    auto quoted = word;
    quoted.replace("'", "'\\''");
    return '\'' + quoted + '\'';
}

QString shellWord(const QString &word)
{
    return QString::fromUtf8(shellWord(word.toUtf8()));
}

} // namespace Banister
