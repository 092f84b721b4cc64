// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/configchanges.h"

#include "products/mautic/configuration.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace Banister {

using namespace Qt::StringLiterals;

namespace {

constexpr auto OldUpdateUrl =
    "https://updates.mautic.org/index.php?option=com_mauticdownload&task=checkUpdates";
constexpr auto NewUpdateUrl = "https://api.github.com/repos/mautic/mautic/releases";

/// A folder of app/ that has a new place in var/, in both spellings: below %kernel.root_dir%, and
/// with the site's own path. Only the folder itself and what is in it, not /app/cache2.
PhpValue movedFolder(const PhpValue &value, const QString &from, const QString &to)
{
    const QRegularExpression rooted(u"(%kernel\\.root_dir%|/app)/"_s + from + u"(?=/|$)"_s);
    QString path = value.toString();
    path.replace(rooted, u"\\1/../var/"_s + to);
    return path;
}

class Changes
{
    Q_DECLARE_TR_FUNCTIONS(Banister::ConfigChange)
public:
    /// The new value of an entry; the same value where it stays, none where it goes.
    static std::optional<PhpValue>
    wanted(const QByteArray &key, const PhpValue &value, const ConfigDecisions &decisions);
    static QString reason(const QByteArray &key);
};

std::optional<PhpValue>
Changes::wanted(const QByteArray &key, const PhpValue &value, const ConfigDecisions &decisions)
{
    const auto replaced = [&](const char *before, const char *after) -> PhpValue {
        return value == PhpValue(before) ? PhpValue(after) : value;
    };
    if (key == "track_by_fingerprint" || key == "webhook_start")
        return std::nullopt;
    // What PHP puts together when it runs cannot be compared; notesOn() names it.
    if (value.isExpression())
        return value;
    if (key == "api_rate_limiter_cache") {
        return value.toBool() ? PhpValue(PhpArray{{"adapter", "cache.adapter.filesystem"}}) : value;
    }
    if (key == "mailer_transport")
        return replaced("mail", "sendmail");
    if (key == "system_update_url")
        return replaced(OldUpdateUrl, NewUpdateUrl);
    if (key == "dev_hosts")
        return value.isNull() ? PhpValue(PhpArray()) : value;
    if (key == "theme")
        return replaced("Mauve", "blank");
    if (key == "db_server_version" && !decisions.keepServerVersion)
        return PhpValue("5.7");
    if (!value.isString())
        return value;
    if (key == "cache_path")
        return movedFolder(value, u"cache"_s, u"cache"_s);
    if (key == "log_path")
        return movedFolder(value, u"logs"_s, u"logs"_s);
    if (key == "tmp_path")
        return movedFolder(value, u"cache"_s, u"tmp"_s);
    if (key == "mailer_spool_path")
        return movedFolder(value, u"spool"_s, u"spool"_s);
    return value;
}

QString Changes::reason(const QByteArray &key)
{
    if (key == "track_by_fingerprint")
        return tr("Mautic 3 does not track by fingerprint any more.");
    if (key == "webhook_start")
        return tr("Mautic 3 does not know this setting any more.");
    if (key == "api_rate_limiter_cache")
        return tr("The rate limiter of Mautic 3 describes its cache in another way; it gets the "
                  "cache in the file system.");
    if (key == "mailer_transport")
        return tr("Mautic 3 cannot send through PHP's mail() any more; sendmail takes its place.");
    if (key == "system_update_url")
        return tr("Mautic 3 looks for updates at another address.");
    if (key == "dev_hosts")
        return tr("Mautic 3 wants a list here, even an empty one.");
    if (key == "theme")
        return tr("Mautic 3 does not have the theme Mauve any more.");
    if (key == "db_server_version")
        return tr("Mautic 3 is told to speak as to MySQL 5.7, also on MariaDB, as its own upgrade "
                  "does.");
    return tr("Mautic 3 keeps this folder in var/.");
}

PhpArrayFile masked(PhpArrayFile file)
{
    const auto hidden = [](const QByteArray &key, const PhpValue &value, auto &self) -> PhpValue {
        if (value.isArray()) {
            PhpArray array = value.toArray();
            for (const PhpEntry &entry : value.toArray().entries()) {
                const QByteArray name = isSecretKey(key) ? key : entry.key;
                array.insert(entry.key, self(name, entry.value, self));
            }
            return array;
        }
        return isSecretKey(key) && !value.toString().isEmpty() ? PhpValue("***") : value;
    };
    for (const QByteArray &key : file.keys()) {
        const PhpValue value = file.value(key);
        // Of an expression only the folder of the file or a variable's name could show.
        const PhpValue shown =
            value.isExpression() && isSecretKey(key) ? PhpValue("***") : hidden(key, value, hidden);
        if (!(shown == value))
            file.set(key, shown);
    }
    return file;
}

/// Secrets that do not stand in a value of the array: in comments, and in addresses.
QString maskedText(const QByteArray &php)
{
    static const QRegularExpression entry(
        uR"((['"])(\w+)\1(\s*=>\s*)('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))"_s);
    static const QRegularExpression login(uR"((://[^/\s:@'"]*:)[^@\s'"]+@)"_s);
    QString text = QString::fromUtf8(php);
    qsizetype offset = 0;
    while (true) {
        const auto match = entry.match(text, offset);
        if (!match.hasMatch())
            break;
        offset = match.capturedEnd();
        if (isSecretKey(match.captured(2).toUtf8())) {
            text.replace(match.capturedStart(4), match.capturedLength(4), "'***'"_L1);
            offset = match.capturedStart(4);
        }
    }
    return text.replace(login, uR"(\1***@)"_s);
}

} // namespace

QList<ConfigChange> configurationChanges(const PhpArrayFile &file, const ConfigDecisions &decisions)
{
    QList<ConfigChange> changes;
    for (const PhpEntry &entry : file.values().entries()) {
        const auto after = Changes::wanted(entry.key, entry.value, decisions);
        if (after && *after == entry.value)
            continue;
        changes += ConfigChange{entry.key,
                                entry.value,
                                after,
                                Changes::reason(entry.key),
                                entry.key == "db_server_version"};
    }
    return changes;
}

void applyConfigurationChanges(PhpArrayFile &file, const ConfigDecisions &decisions)
{
    for (const ConfigChange &change : configurationChanges(file, decisions)) {
        if (change.after)
            file.set(change.key, *change.after);
        else
            file.remove(change.key);
    }
}

QStringList notesOn(const PhpArrayFile &file, const std::optional<PhpArrayFile> &overrides)
{
    static const QByteArrayList concerned{"api_rate_limiter_cache",
                                          "mailer_transport",
                                          "system_update_url",
                                          "dev_hosts",
                                          "theme",
                                          "db_server_version",
                                          "cache_path",
                                          "log_path",
                                          "tmp_path",
                                          "mailer_spool_path"};
    QStringList notes;
    for (const QByteArray &key : concerned) {
        if (file.value(key).isExpression()) {
            notes += Changes::tr("%1 is put together by PHP when it runs, so it stays as it is. "
                                 "Check that its value suits Mautic 3.")
                         .arg(QString::fromUtf8(key));
        }
    }
    if (!overrides)
        return notes;
    for (const PhpEntry &entry : overrides->values().entries()) {
        const auto after = Changes::wanted(entry.key, entry.value, {});
        const bool isWrong = !after || !(*after == entry.value);
        if (isWrong || file.contains(entry.key)) {
            const QString text =
                isWrong ? Changes::tr("%1 is set in %2 as well, to a value of Mautic 2. That file "
                                      "is not changed, and its value wins.")
                        : Changes::tr("%1 is set in %2 as well, and that value wins.");
            if (isWrong || concerned.contains(entry.key))
                notes += text.arg(QString::fromUtf8(entry.key), overrides->fileName());
        }
    }
    return notes;
}

QString configurationDifference(const PhpArrayFile &before, const PhpArrayFile &after)
{
    return unifiedDifference(maskedText(masked(before).toPhp()), maskedText(masked(after).toPhp()));
}

} // namespace Banister
