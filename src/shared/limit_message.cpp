#include "shared/limit_message.hpp"

#include <cstdint>

namespace dontgoback::shared {
namespace {

using std::chrono::nanoseconds;

constexpr std::size_t kMostEntries = 8;
constexpr std::size_t kLongestName = 32, kLongestKey = 255;
constexpr nanoseconds kLongestPeriod = std::chrono::hours(48);
constexpr nanoseconds kLongestMemory = std::chrono::hours(24 * 400);

void put(std::string& bytes, std::string_view text) {
  bytes += static_cast<char>(text.size());
  bytes += text;
}

void put(std::string& bytes, nanoseconds span) {
  const auto number = static_cast<std::uint64_t>(span.count());
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(number >> shift & 0xFF);
}

bool take(std::string_view& bytes, std::string_view& text, std::size_t most) {
  if (bytes.empty()) return false;
  const std::size_t size = static_cast<unsigned char>(bytes[0]);
  if (size > most || bytes.size() < 1 + size) return false;
  text = bytes.substr(1, size);
  bytes.remove_prefix(1 + size);
  return true;
}

bool take(std::string_view& bytes, nanoseconds& span) {
  if (bytes.size() < 8) return false;
  std::uint64_t number = 0;
  for (const char byte : bytes.substr(0, 8)) number = number << 8 | static_cast<unsigned char>(byte);
  bytes.remove_prefix(8);
  span = nanoseconds(static_cast<std::int64_t>(number));
  return true;
}

bool can_be(LimitMessage::Kind kind, const LimitMessage::Entry& entry) {
  constexpr nanoseconds kNone{};
  if (entry.name.empty()) return false;
  switch (kind) {
    case LimitMessage::Kind::taken:
      return entry.span > kNone && entry.span <= entry.period && entry.period <= kLongestPeriod;
    case LimitMessage::Kind::added:
      return entry.span > kNone && entry.span <= kLongestMemory && entry.period == kNone;
    case LimitMessage::Kind::cleared:
      return entry.span == kNone && entry.period == kNone;
  }
  return false;
}

}  // namespace

std::string encode(const LimitMessage& message) {
  std::string bytes(1, static_cast<char>(message.kind));
  for (const auto& entry : message.entries) {
    if (entry.name.size() > kLongestName || entry.key.size() > kLongestKey) continue;
    put(bytes, entry.name);
    put(bytes, entry.key);
    put(bytes, entry.span);
    put(bytes, entry.period);
  }
  return bytes;
}

std::optional<LimitMessage> decode_limits(std::string_view text) {
  if (text.empty()) return std::nullopt;
  LimitMessage message{static_cast<LimitMessage::Kind>(text[0]), {}};
  text.remove_prefix(1);
  while (!text.empty()) {
    LimitMessage::Entry entry;
    const bool whole = take(text, entry.name, kLongestName) && take(text, entry.key, kLongestKey) &&
                       take(text, entry.span) && take(text, entry.period);
    if (!whole || !can_be(message.kind, entry) || message.entries.size() == kMostEntries) return std::nullopt;
    message.entries.push_back(entry);
  }
  return message.entries.empty() ? std::nullopt : std::optional(std::move(message));
}

}  // namespace dontgoback::shared
