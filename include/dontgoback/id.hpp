#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace dontgoback {

/// A row's number: signed 64 bit, positive when it names a row. Ids of different tables do not mix.
template <class Tag>
struct Id {
  std::int64_t value = 0;
  friend auto operator<=>(Id, Id) = default;
};

using UserId = Id<struct UserTag>;

}  // namespace dontgoback

template <class Tag>
struct std::hash<dontgoback::Id<Tag>> {
  std::size_t operator()(dontgoback::Id<Tag> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
