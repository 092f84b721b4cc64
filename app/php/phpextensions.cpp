// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "php/phprules.h"

#include <QHash>

#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

// From the PHP manual; extensions that every build has are left out.

QString extensionOfClass(const QString &name)
{
    static const QHash<QString, QString> classes{
        {u"ziparchive"_s, u"zip"_s},
        {u"domdocument"_s, u"dom"_s},
        {u"domxpath"_s, u"dom"_s},
        {u"domnode"_s, u"dom"_s},
        {u"domelement"_s, u"dom"_s},
        {u"simplexmlelement"_s, u"simplexml"_s},
        {u"xmlreader"_s, u"xmlreader"_s},
        {u"xmlwriter"_s, u"xmlwriter"_s},
        {u"xsltprocessor"_s, u"xsl"_s},
        {u"soapclient"_s, u"soap"_s},
        {u"intldateformatter"_s, u"intl"_s},
        {u"numberformatter"_s, u"intl"_s},
        {u"messageformatter"_s, u"intl"_s},
        {u"resourcebundle"_s, u"intl"_s},
        {u"collator"_s, u"intl"_s},
        {u"locale"_s, u"intl"_s},
        {u"normalizer"_s, u"intl"_s},
        {u"transliterator"_s, u"intl"_s},
        {u"pdo"_s, u"pdo"_s},
        {u"mysqli"_s, u"mysqli"_s},
        {u"imagick"_s, u"imagick"_s},
        {u"finfo"_s, u"fileinfo"_s},
        {u"memcached"_s, u"memcached"_s},
        {u"redis"_s, u"redis"_s},
        {u"apcuiterator"_s, u"apcu"_s},
        {u"phar"_s, u"phar"_s},
        {u"ffi"_s, u"ffi"_s},
        {u"gmp"_s, u"gmp"_s},
    };
    auto key = name.toLower();
    if (key.startsWith(u'\\'))
        key.remove(0, 1);
    return classes.value(key);
}

QString extensionOfFunction(const QString &name)
{
    static const std::pair<QLatin1StringView, QLatin1StringView> prefixes[] = {
        {"mb_"_L1, "mbstring"_L1},
        {"curl_"_L1, "curl"_L1},
        {"openssl_"_L1, "openssl"_L1},
        {"simplexml_"_L1, "simplexml"_L1},
        {"dom_"_L1, "dom"_L1},
        {"xml_"_L1, "xml"_L1},
        {"utf8_"_L1, "xml"_L1},
        {"xmlwriter_"_L1, "xmlwriter"_L1},
        {"libxml_"_L1, "libxml"_L1},
        {"ctype_"_L1, "ctype"_L1},
        {"iconv"_L1, "iconv"_L1},
        {"json_"_L1, "json"_L1},
        {"imap_"_L1, "imap"_L1},
        {"imagecreate"_L1, "gd"_L1},
        {"imagejpeg"_L1, "gd"_L1},
        {"imagepng"_L1, "gd"_L1},
        {"gd_info"_L1, "gd"_L1},
        {"bcadd"_L1, "bcmath"_L1},
        {"bcmul"_L1, "bcmath"_L1},
        {"bcdiv"_L1, "bcmath"_L1},
        {"bcsub"_L1, "bcmath"_L1},
        {"bccomp"_L1, "bcmath"_L1},
        {"gmp_"_L1, "gmp"_L1},
        {"gzopen"_L1, "zlib"_L1},
        {"gzcompress"_L1, "zlib"_L1},
        {"gzencode"_L1, "zlib"_L1},
        {"gzinflate"_L1, "zlib"_L1},
        {"gzuncompress"_L1, "zlib"_L1},
        {"gzdeflate"_L1, "zlib"_L1},
        {"posix_"_L1, "posix"_L1},
        {"pcntl_"_L1, "pcntl"_L1},
        {"mysqli_"_L1, "mysqli"_L1},
        {"normalizer_"_L1, "intl"_L1},
        {"idn_to_"_L1, "intl"_L1},
        {"grapheme_"_L1, "intl"_L1},
        {"numfmt_"_L1, "intl"_L1},
        {"transliterator_"_L1, "intl"_L1},
        {"finfo_"_L1, "fileinfo"_L1},
        {"mime_content"_L1, "fileinfo"_L1},
        {"token_"_L1, "tokenizer"_L1},
        {"exif_"_L1, "exif"_L1},
        {"sodium_"_L1, "sodium"_L1},
        {"apcu_"_L1, "apcu"_L1},
        {"opcache_"_L1, "opcache"_L1},
        {"filter_"_L1, "filter"_L1},
        {"session_"_L1, "session"_L1},
        {"ftp_"_L1, "ftp"_L1},
        {"ldap_"_L1, "ldap"_L1},
    };
    const auto lower = name.toLower();
    for (const auto &[prefix, extension] : prefixes) {
        if (lower.startsWith(prefix))
            return extension;
    }
    return {};
}

} // namespace Banister
