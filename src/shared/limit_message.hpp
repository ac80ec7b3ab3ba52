#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/limits/limiter.hpp"

// What nodes tell one another of what was counted. Pure.
namespace dontgoback::shared {

struct LimitMessage {
  enum class Kind : char { taken = 't', added = 'a', cleared = 'c' } kind;
  struct Entry {
    std::string_view name;
    std::string_view key;
    /// taken: how long it takes to come back, and the rate's period. added: when the event is forgotten, and 0.
    std::chrono::nanoseconds span{}, period{};
  };
  std::vector<Entry> entries;
};

/// Names and keys have 255 bytes at most: an entry with longer ones is left out.
std::string encode(const LimitMessage& message);
/// Whose names and keys are `text`'s. Nothing for what no node says: other bytes, too many entries, spans that no limit
/// has.
std::optional<LimitMessage> decode_limits(std::string_view text);

}  // namespace dontgoback::shared
