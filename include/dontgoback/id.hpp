#pragma once

#include <compare>
#include <cstdint>
#include <functional>

#include "dontgoback/json/form.hpp"
#include "dontgoback/storage/stored.hpp"

namespace dontgoback {

/// A row's number: signed 64 bit, positive when it names a row. Ids of different tables do not mix.
template <class Tag>
struct Id {
  std::int64_t value = 0;
  friend auto operator<=>(Id, Id) = default;
};

using UserId = Id<struct UserTag>;
/// Inside only: what clients see of a walker is a random UUID.
using WalkerId = Id<struct WalkerTag>;

template <class Tag>
struct storage::Stored<Id<Tag>> {
  using Column = std::int64_t;
  static std::int64_t to_column(Id<Tag> id) { return id.value; }
  static Id<Tag> from_column(std::int64_t number) { return {number}; }
};

template <class Tag>
struct json::Form<Id<Tag>> {
  static void write(auto& writer, Id<Tag> id) { writer.value(id.value); }
  static bool read(std::int64_t from, Id<Tag>& to) {
    to.value = from;
    return from > 0;
  }
};

}  // namespace dontgoback

template <class Tag>
struct std::hash<dontgoback::Id<Tag>> {
  std::size_t operator()(dontgoback::Id<Tag> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
