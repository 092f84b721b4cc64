// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "php/phprules.h"

#include "php/phperror.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

struct PhpFailureText
{
    Q_DECLARE_TR_FUNCTIONS(PhpFailure)
};

/// A wording that tells the failure; the fact has the groups in the places %1, %2.
struct Rule
{
    PhpError code;
    const char *fact;
    QRegularExpression pattern;
};

QRegularExpression expression(const QString &pattern)
{
    return QRegularExpression(pattern, QRegularExpression::MultilineOption);
}

QString filled(const QString &fact, const QRegularExpressionMatch &match)
{
    const auto first = match.captured(1).trimmed();
    const auto second = match.captured(2).trimmed();
    if (fact.contains("%2"_L1))
        return fact.arg(first, second);
    return fact.contains("%1"_L1) ? fact.arg(first) : fact;
}

// The wordings are those of PHP 7.2 to 8.3 (Zend, main, ext/standard), Symfony 2.8 to 5
// (Console, Cache, HttpKernel, ErrorHandler), Monolog 1 and 2, Composer's autoloader, OpenSSH and
// Docker. The order counts: what leads to a failure stands before what follows from it.

const QList<Rule> &rulesBeforeDatabase()
{
    static const QList<Rule> rules{
        {PhpError::WrapperFailed,
         QT_TRANSLATE_NOOP("PhpFailure", "The way to the PHP of the site failed: %1."),
         expression(
             uR"(^(ssh: [^\n]+|[^\n]*Permission denied \((?:publickey|password|keyboard|gssapi)[^\n]*|Host key verification failed[^\n]*|kex_exchange_identification: [^\n]+|Connection to \S+ closed by remote host[^\n]*|client_loop: send disconnect[^\n]*|Error response from daemon: [^\n]+|Error: No such container[^\n]+|Cannot connect to the Docker daemon[^\n]*|OCI runtime exec failed: [^\n]+|Error from server[^\n]+|(?:[^\n]*[\s/])?php[\d.]*(?:-cli)?: (?:(?:command )?not found|No such file or directory|Permission denied|cannot execute[^\n]*|Exec format error)$))"_s)},
        {PhpError::ScriptMissing,
         QT_TRANSLATE_NOOP("PhpFailure", "PHP does not find the script %1."),
         expression(uR"(Could not open input file: ([^\n]+))"_s)},
        {PhpError::TimeLimit,
         QT_TRANSLATE_NOOP("PhpFailure", "PHP stopped the script after %1 seconds."),
         expression(uR"(Maximum execution time of (\d+)(?:\+\d+)? seconds? exceeded)"_s)},
        {PhpError::DiskFull,
         QT_TRANSLATE_NOOP("PhpFailure", "There is no space left: %1."),
         expression(
             uR"(^([^\n]*(?:No space left on device|Disk quota exceeded|possibly out of free disk space)[^\n]*))"_s)},
        {PhpError::DriverMissing,
         QT_TRANSLATE_NOOP("PhpFailure", "PHP lacks the PDO driver for the database (pdo_mysql)."),
         expression(u"could not find driver"_s)},
        {PhpError::VersionUnsupported,
         QT_TRANSLATE_NOOP("PhpFailure", "The version of PHP does not fit: %1."),
         expression(
             uR"(^([^\n]*(?:require a PHP version|requires? (?:at least )?PHP (?:version )?\"?>?=? ?\d|PHP version [^\n]* is not supported|You are running PHP \d)[^\n]*))"_s)},
        {PhpError::ExtensionMissing,
         QT_TRANSLATE_NOOP("PhpFailure", "PHP lacks the extension %1."),
         expression(
             uR"((?:[Ee]xtension ["']?|ext-)([\w-]+)["']? (?:is (?:required|missing|not (?:loaded|installed|enabled|available))|must be (?:loaded|installed|enabled)|needs to be (?:loaded|installed|enabled)))"_s)},
        {PhpError::ExtensionMissing,
         QT_TRANSLATE_NOOP("PhpFailure", "PHP lacks the extension %1."),
         expression(
             uR"(\b(?!PHP\b)["']?([\w-]+)["']? (?:PHP )?extension (?:is (?:required|missing|not (?:loaded|installed|enabled|available))|must be (?:loaded|installed|enabled)|needs to be (?:loaded|installed|enabled)))"_s)},
        {PhpError::ExtensionMissing,
         QT_TRANSLATE_NOOP("PhpFailure", "PHP lacks the extension %1."),
         expression(
             uR"((?:require the following PHP extensions to be installed: |requires? (?:the )?(?:PHP )?(?:ext-|extension ))["']?([\w-]+(?:, [\w-]+)*))"_s)},
    };
    return rules;
}

const QList<Rule> &rulesBehindDatabase()
{
    static const QList<Rule> rules{
        {PhpError::VendorMissing,
         QT_TRANSLATE_NOOP("PhpFailure", "The libraries of the application are missing: %1."),
         expression(uR"(Failed opening required '([^'\n]*vendor/[^'\n]*)')"_s)},
        {PhpError::VendorMissing,
         QT_TRANSLATE_NOOP("PhpFailure", "The libraries of the application are missing: %1."),
         expression(
             uR"(\(([^()\n]*vendor/autoload\.php)\): [Ff]ailed to open stream: No such file)"_s)},
        {PhpError::ParseError,
         QT_TRANSLATE_NOOP("PhpFailure", "PHP cannot read its file %2: %1."),
         expression(uR"((?:Parse|Compile) error:\s+([^\n]*?) in (/?[^\n]+? on line \d+))"_s)},
        {PhpError::ParseError,
         QT_TRANSLATE_NOOP("PhpFailure", "PHP cannot read its file %1: %2."),
         expression(
             uR"(^In (\S+\.php(?: line \d+)?):\n+[^\n]*?((?:syntax error, unexpected|Parse error)[^\n]*))"_s)},
        {PhpError::ParseError,
         QT_TRANSLATE_NOOP("PhpFailure", "PHP cannot read one of its files: %1."),
         expression(uR"(((?:Parse error: )?syntax error, unexpected [^\n]*))"_s)},
        {PhpError::PermissionDenied,
         QT_TRANSLATE_NOOP("PhpFailure", "PHP may not write the file %1."),
         expression(uR"rule(The stream or file "([^"\n]+)" could not be opened)rule"_s)},
        {PhpError::PermissionDenied,
         QT_TRANSLATE_NOOP("PhpFailure", "PHP may not use the file %1."),
         expression(
             uR"(\(([^()\n]*)\): [Ff]ailed to open (?:stream|dir(?:ectory)?): (?:Permission denied|Read-only file system|Operation not permitted))"_s)},
        {PhpError::PermissionDenied,
         QT_TRANSLATE_NOOP("PhpFailure", "PHP may not write in the folder %1."),
         expression(
             uR"rule(Unable to (?:write in|create) the (?:"?\w+"? directory \(|")([^"()\n]+))rule"_s)},
        {PhpError::PermissionDenied,
         QT_TRANSLATE_NOOP("PhpFailure", "PHP may not write the file %1."),
         expression(
             uR"rule((?:Failed to (?:write|remove|copy|rename|create|chmod) (?:file |directory )?|Cannot (?:write|rename|remove|create) (?:the )?(?:file |directory )?)"([^"\n]+)")rule"_s)},
        {PhpError::PermissionDenied,
         QT_TRANSLATE_NOOP("PhpFailure", "PHP may not do this: %1."),
         expression(
             uR"(^([^\n]*(?:Permission denied|Read-only file system|Operation not permitted|open_basedir restriction)[^\n]*))"_s)},
        {PhpError::ClassMissing,
         QT_TRANSLATE_NOOP("PhpFailure", "A part of the application is missing: %1."),
         expression(
             uR"rule((?:Class|Interface|Trait|Enum) ["']([\w\\]+)["'](?: does)? not (?:found|exist))rule"_s)},
        {PhpError::ClassMissing,
         QT_TRANSLATE_NOOP("PhpFailure", "A part of the application is missing: %1."),
         expression(uR"rule(Attempted to load (?:class|interface|trait) "([^"\n]+)")rule"_s)},
        {PhpError::ClassMissing,
         QT_TRANSLATE_NOOP("PhpFailure", "A part of the application is missing: %1."),
         expression(uR"(Failed opening (?:required )?'([^'\n]+)')"_s)},
        {PhpError::ClassMissing,
         QT_TRANSLATE_NOOP("PhpFailure", "A part of the application is missing: %1."),
         expression(uR"(Call to undefined (?:function|method) ([\w\\:]+))"_s)},
        {PhpError::CommandMissing,
         QT_TRANSLATE_NOOP("PhpFailure", "The console does not know %1."),
         expression(
             uR"rule((?:Command|There are no commands (?:defined )?in the) "([^"\n]+)")rule"_s)},
        {PhpError::NotConfirmed,
         QT_TRANSLATE_NOOP("PhpFailure", "The command asked a question and got no answer."),
         expression(uR"(^\s*Aborted\.?$)"_s)},
        {PhpError::UncaughtException,
         QT_TRANSLATE_NOOP("PhpFailure", "The application stopped with %1: %2."),
         expression(uR"(Uncaught (?:exception ')?([\w\\]+)(?:' with message '|: )([^\n]*))"_s)},
        {PhpError::UncaughtException,
         QT_TRANSLATE_NOOP("PhpFailure", "PHP stopped: %1."),
         expression(uR"(Fatal error:\s+([^\n]+))"_s)},
        {PhpError::UncaughtException,
         QT_TRANSLATE_NOOP("PhpFailure", "The application stopped with %1: %2."),
         expression(uR"(^\[([\w\\]+)\]\n([^\n]+))"_s)},
        {PhpError::UncaughtException,
         QT_TRANSLATE_NOOP("PhpFailure", "The application stopped in %1: %2."),
         expression(uR"(^In (\S+\.php(?: line \d+)?):\n+([^\n]+))"_s)},
    };
    return rules;
}

std::optional<PhpFinding> firstOf(const QList<Rule> &rules, const QString &text)
{
    for (const auto &rule : rules) {
        const auto match = rule.pattern.match(text);
        if (match.hasMatch()) {
            const auto fact = QCoreApplication::translate("PhpFailure", rule.fact);
            return PhpFinding{rule.code, filled(fact, match), match.capturedStart()};
        }
    }
    return {};
}

std::optional<PhpFinding> memoryExhausted(const QString &text)
{
    static const QRegularExpression wording(
        uR"((?:Allowed memory size of|Out of memory \(allocated) (\d+)(?: bytes)?)"_s);
    const auto match = wording.match(text);
    if (!match.hasMatch())
        return {};
    const auto bytes = match.captured(1);
    const auto size =
        QLocale().formattedDataSize(bytes.toLongLong(), 0, QLocale::DataSizeTraditionalFormat);
    return PhpFinding{
        PhpError::MemoryExhausted,
        PhpFailureText::tr("PHP used up the memory it is allowed: %1 (%2 bytes).").arg(size, bytes),
        match.capturedStart()};
}

/// Classes and functions that are missing because an extension is.
std::optional<PhpFinding> extensionOfMissing(const QString &text)
{
    static const QRegularExpression aClass(
        uR"rule((?:[Cc]lass ["']|load class ")\\?(\w+)["'](?: not found| from))rule"_s);
    static const QRegularExpression function(
        uR"((?:undefined function|call function ")[ "]*(?:[\w\\]*\\)?(\w+))"_s);
    auto find = [&text](const QRegularExpression &pattern,
                        QString (*extensionOf)(const QString &)) -> std::optional<PhpFinding> {
        auto matches = pattern.globalMatch(text);
        while (matches.hasNext()) {
            const auto match = matches.next();
            const auto extension = extensionOf(match.captured(1));
            if (!extension.isEmpty()) {
                return PhpFinding{PhpError::ExtensionMissing,
                                  PhpFailureText::tr("PHP lacks the extension %1 (for %2).")
                                      .arg(extension, match.captured(1)),
                                  match.capturedStart()};
            }
        }
        return {};
    };
    auto found = find(aClass, extensionOfClass);
    return found ? found : find(function, extensionOfFunction);
}

} // namespace

std::optional<PhpFinding> findPhpFailure(const QString &text)
{
    if (auto found = memoryExhausted(text))
        return found;
    if (auto found = firstOf(rulesBeforeDatabase(), text))
        return found;
    if (auto found = findSqlFailure(text))
        return found;
    if (auto found = extensionOfMissing(text))
        return found;
    return firstOf(rulesBehindDatabase(), text);
}

} // namespace Banister
