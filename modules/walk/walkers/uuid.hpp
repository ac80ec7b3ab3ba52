#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dontgoback::walk::walkers {

/// A random UUID (RFC 9562 version 4): what clients know a walker by. It says nothing, and nothing is derived from it.
struct Uuid {
  std::array<std::uint8_t, 16> bytes{};
  friend auto operator<=>(const Uuid&, const Uuid&) = default;
};

Uuid random_uuid();
/// In lower case, 36 characters.
std::string to_string(const Uuid& uuid);
/// Reads 36 characters of either case, of any version; nothing else.
std::optional<Uuid> parse_uuid(std::string_view text);

}  // namespace dontgoback::walk::walkers
