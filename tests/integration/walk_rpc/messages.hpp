#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// Protocol buffers by hand (protobuf.dev/programming-guides/encoding): what a client of any version sends, whatever the
// server thinks of it.
namespace dontgoback::test {

inline std::string varint(std::uint64_t number) {
  std::string bytes;
  for (; number >= 0x80; number >>= 7) bytes += static_cast<char>((number & 0x7f) | 0x80);
  return bytes + static_cast<char>(number);
}
inline std::string field(int tag, std::int64_t number) {
  return varint(static_cast<std::uint64_t>(tag) << 3) + varint(static_cast<std::uint64_t>(number));
}
inline std::string field(int tag, std::string_view text) {
  return varint((static_cast<std::uint64_t>(tag) << 3) | 2) + varint(text.size()) + std::string(text);
}
inline std::string field(int tag, const char* text) { return field(tag, std::string_view(text)); }

inline std::string step_input(std::string_view user, std::int64_t steps, std::string_view date) {
  return field(1, user) + field(2, steps) + field(3, date);
}

}  // namespace dontgoback::test
