#include "webauthn/cbor.hpp"

#include <algorithm>
#include <limits>

#include "dontgoback/text/utf8.hpp"

namespace dontgoback::security::cbor {
namespace {

enum class Major : std::uint8_t { positive, negative, bytes, text, array, map, tag, simple };

struct Head {
  Major major;
  std::uint64_t argument;
};

class Reader {
 public:
  explicit Reader(std::string_view& text) : text_(text) {}

  std::optional<Value> item(int depth) {
    const auto head = read_head();
    if (!head) return std::nullopt;
    switch (head->major) {
      case Major::positive:
        if (head->argument > kMax) return std::nullopt;
        return Value{static_cast<std::int64_t>(head->argument)};
      case Major::negative:
        if (head->argument > kMax) return std::nullopt;
        return Value{-1 - static_cast<std::int64_t>(head->argument)};
      case Major::bytes:
        if (const auto string = take(head->argument)) return Value{Bytes{*string}};
        return std::nullopt;
      case Major::text:
        if (const auto string = take(head->argument); string && text::is_utf8(*string)) return Value{*string};
        return std::nullopt;
      case Major::array:
        return depth == kMaxDepth ? std::nullopt : array(head->argument, depth + 1);
      case Major::map:
        return depth == kMaxDepth ? std::nullopt : map(head->argument, depth + 1);
      case Major::simple:
        return simple(head->argument);
      case Major::tag:
        break;
    }
    return std::nullopt;
  }

 private:
  static constexpr std::uint64_t kMax = std::numeric_limits<std::int64_t>::max();

  std::optional<Head> read_head() {
    if (text_.empty()) return std::nullopt;
    const auto initial = static_cast<std::uint8_t>(text_.front());
    text_.remove_prefix(1);
    const auto major = static_cast<Major>(initial >> 5);
    const std::uint8_t low = initial & 0x1f;
    if (low < 24) return Head{major, low};
    if (low > 27 || major == Major::simple) return std::nullopt;  // indefinite, reserved; floats and unknown values
    const auto bytes = take(std::uint64_t{1} << (low - 24));
    if (!bytes) return std::nullopt;
    std::uint64_t argument = 0;
    for (const char byte : *bytes) argument = argument << 8 | static_cast<std::uint8_t>(byte);
    constexpr std::uint64_t kLeast[] = {24, 0x100, 0x1'0000, 0x1'0000'0000};
    if (argument < kLeast[low - 24]) return std::nullopt;  // not the shortest form
    return Head{major, argument};
  }

  std::optional<std::string_view> take(std::uint64_t length) {
    if (length > text_.size()) return std::nullopt;
    const auto taken = text_.substr(0, length);
    text_.remove_prefix(length);
    return taken;
  }

  /// Each element takes a byte at least, so what is announced and cannot come is refused before anything is kept for it.
  std::optional<Value> array(std::uint64_t length, int depth) {
    if (length > text_.size()) return std::nullopt;
    Array elements;
    for (std::uint64_t i = 0; i < length; ++i) {
      auto element = item(depth);
      if (!element) return std::nullopt;
      elements.push_back(std::move(*element));
    }
    return Value{std::move(elements)};
  }

  std::optional<Value> map(std::uint64_t length, int depth) {
    if (length > text_.size() / 2) return std::nullopt;
    Map members;
    std::vector<std::string_view> keys;  // as they are written, which is one way only
    for (std::uint64_t i = 0; i < length; ++i) {
      const auto before = text_;
      auto key = item(depth);
      if (!key || (key->if_is<std::int64_t>() == nullptr && key->if_is<std::string_view>() == nullptr)) {
        return std::nullopt;
      }
      keys.push_back(before.substr(0, before.size() - text_.size()));
      auto value = item(depth);
      if (!value) return std::nullopt;
      members.emplace_back(std::move(*key), std::move(*value));
    }
    std::ranges::sort(keys);
    if (std::ranges::adjacent_find(keys) != keys.end()) return std::nullopt;
    return Value{std::move(members)};
  }

  static std::optional<Value> simple(std::uint64_t number) {
    switch (number) {
      case 20:
        return Value{false};
      case 21:
        return Value{true};
      case 22:
        return Value{Null{}};
      default:
        return std::nullopt;
    }
  }

  std::string_view& text_;
};

template <class Key>
const Value* find_key(const Value& map, const Key& key) {
  const auto* members = map.if_is<Map>();
  if (members == nullptr) return nullptr;
  const auto found = std::ranges::find_if(*members, [&key](const auto& member) {
    const auto* own = member.first.template if_is<Key>();
    return own != nullptr && *own == key;
  });
  return found == members->end() ? nullptr : &found->second;
}

}  // namespace

const Value* find(const Value& map, std::int64_t key) { return find_key(map, key); }
const Value* find(const Value& map, std::string_view key) { return find_key(map, key); }

std::optional<Value> read_first(std::string_view& text) { return Reader(text).item(0); }

std::optional<Value> read(std::string_view text) {
  auto value = read_first(text);
  if (!text.empty()) return std::nullopt;
  return value;
}

}  // namespace dontgoback::security::cbor
