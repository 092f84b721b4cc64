// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "php/phpfacts.h"

#include <QHash>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Banister {

QString PhpFacts::code()
{
    // base64 is part of every PHP, JSON is not. The mark is joined, so that the code itself does
    // not look like it where somebody prints it.
    return uR"(foreach (array(
'version' => PHP_MAJOR_VERSION . '.' . PHP_MINOR_VERSION . '.' . PHP_RELEASE_VERSION,
'versionId' => PHP_VERSION_ID,
'sapi' => PHP_SAPI,
'os' => PHP_OS,
'program' => PHP_BINARY,
'user' => function_exists('posix_geteuid') && function_exists('posix_getpwuid') ? current(array_slice((array) posix_getpwuid(posix_geteuid()), 0, 1)) : get_current_user(),
'iniFile' => php_ini_loaded_file(),
'moreIniFiles' => php_ini_scanned_files(),
'memoryLimit' => ini_get('memory_limit'),
'maxExecutionTime' => ini_get('max_execution_time'),
'extensions' => implode(',', get_loaded_extensions()),
'pdoDrivers' => extension_loaded('PDO') ? implode(',', PDO::getAvailableDrivers()) : '',
'end' => 'yes',
) as $k => $v) echo PHP_EOL, 'BANISTER', '-FACT ', $k, '=', base64_encode((string) $v), '.', PHP_EOL;)"_s;
}

std::optional<PhpFacts> PhpFacts::read(const QByteArray &output)
{
    static const QRegularExpression line(uR"(BANISTER-FACT (\w+)=([A-Za-z0-9+/=]*)\.)"_s);
    QHash<QString, QString> found;
    auto matches = line.globalMatch(QString::fromLatin1(output));
    while (matches.hasNext()) {
        const auto match = matches.next();
        found.insert(match.captured(1),
                     QString::fromUtf8(QByteArray::fromBase64(match.captured(2).toLatin1())));
    }
    const bool isComplete =
        found.value(u"end"_s) == "yes"_L1 && found.value(u"versionId"_s).toInt() > 0;
    if (!isComplete)
        return {};
    auto list = [&found](const QString &key) {
        QStringList words;
        const auto parts = found.value(key).split(u',', Qt::SkipEmptyParts);
        for (const auto &part : parts)
            words.append(part.trimmed());
        return words;
    };
    PhpFacts facts;
    facts.version = found.value(u"version"_s);
    facts.versionId = found.value(u"versionId"_s).toInt();
    facts.sapi = found.value(u"sapi"_s);
    facts.os = found.value(u"os"_s);
    facts.program = found.value(u"program"_s);
    facts.user = found.value(u"user"_s);
    facts.iniFile = found.value(u"iniFile"_s);
    facts.moreIniFiles = list(u"moreIniFiles"_s);
    facts.memoryLimit = bytesFromIni(found.value(u"memoryLimit"_s));
    facts.maxExecutionTime = found.value(u"maxExecutionTime"_s).toInt();
    const auto extensions = list(u"extensions"_s);
    for (const auto &extension : extensions)
        facts.extensions.append(extension.toLower());
    facts.extensions.sort();
    facts.pdoDrivers = list(u"pdoDrivers"_s);
    return facts;
}

qint64 bytesFromIni(const QString &text)
{
    static const QRegularExpression quantity(uR"(\A\s*([+-]?\d+)[\s\S]*?([kmgKMG]?)\s*\z)"_s);
    const auto match = quantity.match(text);
    if (!match.hasMatch())
        return 0;
    const auto number = match.captured(1).toLongLong();
    if (number < 0)
        return -1;
    const auto unit = match.captured(2).toLower();
    const int shift = unit == "k"_L1 ? 10 : unit == "m"_L1 ? 20 : unit == "g"_L1 ? 30 : 0;
    return number << shift;
}

} // namespace Banister
