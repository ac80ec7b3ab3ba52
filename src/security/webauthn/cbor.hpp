#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

// A strict reader of CBOR (RFC 8949), as far as authenticators write it: integers, byte and text strings, arrays, maps,
// true, false and null. Definite lengths in their shortest form, at most kMaxDepth deep, no key twice, text in UTF-8.
// What it returns points into what was read.
namespace dontgoback::security::cbor {

inline constexpr int kMaxDepth = 4;

struct Bytes {
  std::string_view value;
  auto operator<=>(const Bytes&) const = default;
};
struct Null {
  auto operator<=>(const Null&) const = default;
};
struct Value;
using Array = std::vector<Value>;
using Map = std::vector<std::pair<Value, Value>>;  ///< as they came

/// Negative integers below -2^63 and positive ones from 2^63 on are refused.
struct Value {
  std::variant<std::int64_t, Bytes, std::string_view, Array, Map, bool, Null> value;

  template <class T>
  const T* if_is() const {
    return std::get_if<T>(&value);
  }
};

/// The value of a key of a map; null when the value is no map or has no such key.
const Value* find(const Value& map, std::int64_t key);
const Value* find(const Value& map, std::string_view key);

/// The whole text is one item, or nothing.
std::optional<Value> read(std::string_view text);
/// The first item; `text` becomes what is left.
std::optional<Value> read_first(std::string_view& text);

}  // namespace dontgoback::security::cbor
