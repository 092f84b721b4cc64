// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QProcessEnvironment>
#include <QString>

#include <memory>
#include <utility>
#include <variant>
#include <vector>

namespace Banister {

class PhpValue;
struct PhpEntry;

/// An array of PHP: ordered, each key once. A key that reads as a decimal integer ("12", "-3") is
/// an integer to PHP, so one type serves both kinds; see isIntegerKey().
class PhpArray
{
public:
    PhpArray();
    PhpArray(const PhpArray &other);
    PhpArray(PhpArray &&other) noexcept;
    ~PhpArray();
    PhpArray &operator=(const PhpArray &other);
    PhpArray &operator=(PhpArray &&other) noexcept;
    PhpArray(std::initializer_list<std::pair<QByteArray, PhpValue>> entries);
    /// A list: keys 0, 1, 2…
    static PhpArray list(const std::vector<PhpValue> &values);

    bool contains(const QByteArray &key) const { return find(key) != nullptr; }
    /// Null where there is none.
    const PhpValue *find(const QByteArray &key) const;
    PhpValue *find(const QByteArray &key);
    /// As in PHP, a key that is there keeps its place.
    void insert(const QByteArray &key, PhpValue value);
    /// Under the next free integer key.
    void append(PhpValue value);
    void remove(const QByteArray &key);
    QByteArrayList keys() const;
    const std::vector<PhpEntry> &entries() const { return m_entries; }
    bool isEmpty() const;
    qsizetype size() const;

    static bool isIntegerKey(const QByteArray &key);
    friend bool operator==(const PhpArray &a, const PhpArray &b);

private:
    std::vector<PhpEntry> m_entries;
    qint64 m_nextIndex = 0; ///< as PHP before 8.3: never below 0
};

/// An expression that is kept as it stands and only resolved when asked: texts, getenv('NAME') and
/// __DIR__, joined with dots, perhaps with a value for the case that it is empty (?:).
struct PhpExpression
{
    struct Part
    {
        enum class Kind { Text, Environment, Folder, File };
        Kind kind = Kind::Text;
        QByteArray text; ///< of Text; the name of the variable of Environment
        int levels = 0;  ///< of Folder: how many folders above the file's own
    };
    QByteArray source; ///< byte for byte
    std::vector<Part> parts;
    std::shared_ptr<const PhpValue> fallback = nullptr; ///< null: none
};

/// How values are written into a file.
struct PhpStyle
{
    QByteArray indent;           ///< of the line that the value starts on
    QByteArray step = "  ";      ///< one level deeper
    QByteArray newline = "\n";   ///< or "\r\n"
    bool arraysOnOwnLine = true; ///< as var_export does
};

/// A value in a PHP configuration file. Texts are bytes to PHP; Banister reads them as UTF-8.
class PhpValue
{
public:
    enum class Type { Null, Bool, Int, Float, String, Array, Expression };

    PhpValue() = default;
    PhpValue(std::nullptr_t) {}
    PhpValue(bool value)
        : m_value(value)
    {}
    PhpValue(int value)
        : m_value(qint64(value))
    {}
    PhpValue(qint64 value)
        : m_value(value)
    {}
    PhpValue(double value)
        : m_value(value)
    {}
    PhpValue(QByteArray value)
        : m_value(std::move(value))
    {}
    PhpValue(const char *value)
        : m_value(QByteArray(value))
    {}
    PhpValue(const QString &value)
        : m_value(value.toUtf8())
    {}
    PhpValue(PhpArray value)
        : m_value(std::move(value))
    {}
    PhpValue(PhpExpression value)
        : m_value(std::move(value))
    {}

    Type type() const { return Type(m_value.index()); }
    bool isNull() const { return type() == Type::Null; }
    bool isString() const { return type() == Type::String; }
    bool isArray() const { return type() == Type::Array; }
    bool isExpression() const { return type() == Type::Expression; }

    /// As PHP converts it: null and false are "", true is "1"; arrays and expressions are "".
    QString toString() const;
    QByteArray toBytes() const;
    /// As PHP converts it: 0 where the text does not begin with a number.
    qint64 toInt() const;
    double toFloat() const;
    /// As PHP's !empty(): "", "0", 0, null, false and an empty array are false.
    bool toBool() const;
    /// An empty one where this is none.
    const PhpArray &toArray() const;
    /// Only where isExpression().
    const PhpExpression &toExpression() const { return std::get<PhpExpression>(m_value); }

    /// The value behind expressions, also within arrays; a text getenv(NAME), Mautic's own form
    /// (CoreParametersHelper), becomes the variable's text, "" where there is none, but only
    /// outside of arrays, as there. __DIR__ is the folder of the file as PHP sees it.
    PhpValue resolved(const QProcessEnvironment &environment, const QString &file = {}) const;

    /// As var_export() prints it, expressions as they stood.
    QByteArray toPhp(const PhpStyle &style = {}) const;

    friend bool operator==(const PhpValue &a, const PhpValue &b);

private:
    std::variant<std::monostate, bool, qint64, double, QByteArray, PhpArray, PhpExpression> m_value;
};

struct PhpEntry
{
    QByteArray key;
    PhpValue value;
};

/// A text as a single-quoted literal of PHP.
QByteArray phpQuoted(const QByteArray &text);

} // namespace Banister
