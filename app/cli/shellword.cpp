// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/shellword.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Banister {

QString shellWord(const QString &word)
{
    static const QRegularExpression plain(u"\\A[\\w@%+=:,./-]+\\z"_s,
                                          QRegularExpression::UseUnicodePropertiesOption);
    if (plain.match(word).hasMatch())
        return word;
    auto quoted = word;
    quoted.replace(u'\'', u"'\\''"_s);
    return u'\'' + quoted + u'\'';
}

} // namespace Banister
