#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

namespace dontgoback::limits {

/// Lets a text be looked up without a copy of it.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>()(text); }
};

/// When the share of each key is whole again, of a bounded number of keys. Those whose share is whole are as good as
/// unknown and go by themselves; when there is no space, those go that are nearest to it. So keys that somebody makes
/// up push out each other, never one that has used much.
class Meters {
 public:
  using Moment = std::chrono::steady_clock::time_point;

  explicit Meters(std::size_t most) : most_(most) {}
  std::size_t size() const { return whole_at_.size(); }

  /// Null: it is not known. To be written to until a key is added.
  Moment* find(std::string_view key);
  /// A key that is not known.
  void add(std::string_view key, Moment whole_at, Moment now);

 private:
  using Map = std::unordered_map<std::string, Moment, TextHash, std::equal_to<>>;
  /// Looks at two places of the table for each new key, so that after a flood it gets empty faster than it fills.
  void tidy(Moment now);
  /// Once for every quarter of the keys that come, so that it costs each of them a few steps.
  void make_space(Moment now);

  const std::size_t most_;
  std::size_t next_place_ = 0;
  Map whole_at_;
};

}  // namespace dontgoback::limits
