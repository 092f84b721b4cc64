// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "php/readablefiles.h"

QByteArray fileWith(const QByteArray &values)
{
    return "<?php\n$parameters = array(" + values + ");\n";
}

QList<ReadableFile> readableFiles()
{
    QList<ReadableFile> files;
    auto value = [&files](const QByteArray &name, const QByteArray &source) {
        files.append({name, fileWith("'v' => " + source)});
    };
    auto whole = [&files](const QByteArray &name, const QByteArray &source) {
        files.append({name, source});
    };
    for (const auto *word :
         {"null", "NULL", "Null", "true", "TRUE", "True", "false", "FALSE", "\\TRUE", "\\null"})
        value(QByteArray("constant ") + word, word);
    for (const auto *number : {"0",
                               "7",
                               "-7",
                               "+7",
                               "- 7",
                               "- -7",
                               "-+7",
                               "0x1F",
                               "0X1f",
                               "-0x10",
                               "0b101",
                               "0B11",
                               "017",
                               "00",
                               "0o17",
                               "0O7",
                               "1_000_000",
                               "0x1_F",
                               "0b1_0",
                               "0_7",
                               "9223372036854775807",
                               "9223372036854775808",
                               "-9223372036854775808",
                               "-9223372036854775807-1",
                               "0x7FFFFFFFFFFFFFFF",
                               "0x8000000000000000",
                               "0xFFFFFFFFFFFFFFFFFF",
                               "0777777777777777777777777",
                               "99999999999999999999999",
                               "60 * 60 * 24",
                               "60*60+1",
                               "10 - 3 - 2",
                               "2 + 3 * 4",
                               "(2 + 3) * 4",
                               "-(2 + 3)",
                               "-2 * -3",
                               "PHP_INT_MAX",
                               "PHP_INT_MIN"})
        value(QByteArray("integer ") + number, number);
    for (const auto *number : {"1.5",
                               "-1.5",
                               ".5",
                               "1.",
                               "1e3",
                               "1E3",
                               "1e+3",
                               "1.5e-7",
                               "1E25",
                               "0.1",
                               "0.0",
                               "-0.0",
                               "1e15",
                               "1e16",
                               "1e17",
                               "1e18",
                               "123456789.12345678",
                               "0.0001",
                               "0.00001",
                               "1e308",
                               "1e999",
                               "-1e999",
                               "5e-324",
                               "INF",
                               "-INF",
                               "NAN",
                               "1_0.2_5",
                               "3.141592653589793",
                               "100.0",
                               "1e100",
                               "2.5e-5",
                               "1e-10",
                               "12345678901234567.0",
                               "0.1e1"})
        value(QByteArray("float ") + number, number);
    for (const auto *text : {R"('')",
                             R"("")",
                             R"('a')",
                             R"('it\'s')",
                             R"('back\\slash')",
                             R"('back\slash')",
                             R"('\n')",
                             R"('end\\')",
                             R"("\n\r\t\v\e\f")",
                             R"("\\ \$ \"")",
                             R"("\x41\x4a\x4")",
                             R"("\101\7\400\0")",
                             R"("\u{e9}\u{1F600}\u{41}")",
                             R"("\u{7ff}\u{800}\u{ffff}\u{10FFFF}\u{d800}")",
                             R"("\q \' \8")",
                             R"("a $ b $1 $")",
                             R"("{ } {a}")",
                             R"("\{$")",
                             R"("\\$")",
                             R"("\x")",
                             R"("\u")",
                             R"("tab	in")",
                             "'two\nlines'",
                             "\"two\nlines\"",
                             "'two\r\nlines'",
                             R"('"')",
                             R"("'")",
                             R"('$a {$b} ${c}')",
                             R"('?>')",
                             R"('/* no */ // # comment')",
                             R"('é 漢字 😀')",
                             R"('a' . 'b')",
                             R"('a'.'b'."c")",
                             R"('a' . 1 . 'b')",
                             R"(1 . 2)",
                             R"('a' . true . null . false . 'b')",
                             R"('a' . "\0" . 'b')",
                             R"('a' . PHP_EOL)",
                             R"(('a' . 'b') . 'c')",
                             R"('a' . -1)",
                             R"('a' . (1 + 2))",
                             R"('a' /* between */ . // more
 'b')",
                             R"(DIRECTORY_SEPARATOR . 'x')",
                             R"(stdClass::class)",
                             R"(\Foo\Bar::class)",
                             R"('012')",
                             R"('%kernel.root_dir%/x')"})
        value(QByteArray("text ") + text, text);
    value("bytes that are no UTF-8", "'\xff\xfe\x80'");
    value("NUL in single quotes", QByteArray("'a\0b'", 5));
    value("nowdoc", "<<<'END'\na $b {$c} \\n\nEND\n");
    value("heredoc", "<<<END\na \\$b \\x41 \\\" \"\nEND\n");
    value("heredoc with quoted name", "<<<\"END\"\nsecond ENDING\nEND\n");
    value("empty heredoc", "<<<END\nEND\n");
    value("heredoc with empty line", "<<< END\n\n\nEND\n");
    value("nowdoc with CRLF", "<<<'END'\r\na\r\nb\r\nEND\r\n");
    for (const auto *array : {"array()",
                              "[]",
                              "array( )",
                              "Array(1)",
                              "ARRAY(1,2)",
                              "array (\n)",
                              "[1, 2, 3,]",
                              "['a', 'b' => 'c', 'd']",
                              "[5 => 'a', 'b', 2 => 'c', 'd']",
                              "['5' => 'a', 'b']",
                              "['05' => 'a', 'b']",
                              "[-5 => 'a']",
                              "[true => 'a', false => 'b', null => 'c']",
                              "[1.7 => 'a', -1.7 => 'b']",
                              "['a' => 1, 'a' => 2]",
                              "['a' => 1, 'b' => 2, 'a' => 3]",
                              "[1 => 'a', '1' => 'b']",
                              "[[[[[]]]]]",
                              "array(array(array()))",
                              "['a' => ['b' => ['c' => null]]]",
                              "['a' . 'b' => 1]",
                              "[1 + 1 => 2]",
                              "['-0' => 1, '-1' => 2, '+1' => 3, '1 ' => 4]",
                              "['9223372036854775808' => 1]",
                              "['é' => 1]",
                              "['' => 1]",
                              R"(['a\'b' => 1, "c\td" => 2])",
                              "[ /* c */ 1 /* d */ , // e\n 2 # f\n ]",
                              "['x'=>1,'y'=>2]",
                              "[\"0\" => 'zero', 'next']",
                              "['a' => array('b', 'c'), array('d')]",
                              "(array(1))",
                              "[9223372036854775806 => 'a', 'b']"})
        value(QByteArray("array ") + array, array);
    whole("returned array", "<?php return array('a' => 1);");
    whole("returned short array",
          "<?php\n\nreturn [\n    'parameters' => ['database_host' => '127.0.0.1'],\n];\n");
    whole("returned variable", "<?php $parameters = ['a' => 1]; return $parameters;");
    whole("with closing tag", "<?php $parameters = array('a' => 1); ?>");
    whole("with closing tag and line", "<?php $parameters = array('a' => 1);\n?>\n\n");
    whole("closing tag instead of semicolon", "<?php $parameters = array('a' => 1) ?>\n");
    whole("byte order mark", "\xef\xbb\xbf<?php $parameters = array('a' => 1);");
    whole("CRLF", "<?php\r\n$parameters = array(\r\n\t'a' => 1,\r\n\t'b' => 'x',\r\n);\r\n");
    whole("CR only", "<?php\r$parameters = array(\r'a' => 1, // c\r'b' => 2);");
    whole("tag in capitals", "<?PHP $parameters = [1];");
    whole("comments everywhere",
          "<?php // a\n# b\n/* c */ /** d */ $parameters /* e */ = /* f */ array /* g */ ( /* h */ "
          "'a' /* i */ => /* j */ 1 /* k */, /* l */ ) /* m */; // n");
    whole("comment that ends with the tag", "<?php $parameters = [1]; // x ?>\n");
    whole("strict types", "<?php\ndeclare(strict_types=1);\n$parameters = ['a' => 1];");
    whole("empty statements", "<?php ;; $parameters = ['a' => 1];;");
    whole("later statement",
          "<?php $parameters = ['a' => 1];\n$parameters['b'] = 2;\n$parameters['a'] = 'new';");
    whole("nested statements",
          "<?php $parameters = ['a' => ['x' => 1]];\n$parameters['a']['y'] = "
          "2;\n$parameters['b']['c']['d'] = 3;");
    whole("appending statements",
          "<?php $parameters = ['a' => []];\n$parameters[] = 'x';\n$parameters['a'][] = "
          "'y';\n$parameters['n'][][] = 1;");
    whole("statements only", "<?php\n$parameters['a'] = 'b';\n$parameters[\"c\"] = ['d'];\n");
    whole("array set twice", "<?php $parameters = ['a' => 1, 'b' => 2]; $parameters = ['c' => 3];");
    whole("null becomes an array", "<?php $parameters = ['a' => null]; $parameters['a']['b'] = 1;");
    whole("as var_export prints it",
          "<?php\n$parameters = array (\n  'a' => 'b',\n  'c' => \n  array (\n    0 => 1,\n    1 "
          "=> \n    array (\n    ),\n  ),\n  'd' => NULL,\n);\n");
    whole("as an installer writes it",
          "<?php\n$parameters = array(\n\t'db_driver' => 'pdo_mysql',\n\t'db_host' => "
          "'localhost',\n\t'db_port' => 3306,\n\t'db_password' => "
          "'p\\'w\\\\d',\n\t'mailer_from_name' => 'Zoë',\n\t'api_enabled' => "
          "false,\n\t'trusted_hosts' => array(\n\n\t),\n\t'cors_valid_domains' => array(\n\t\t'0' "
          "=> 'https://a.example',\n\t),\n);\n");
    return files;
}
