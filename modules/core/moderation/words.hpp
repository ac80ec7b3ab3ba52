#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/result.hpp"
#include "model.hpp"

// What goes to the queue before it shows: words, and links of newcomers.
namespace dontgoback::core::moderation {

/// What becomes of a newcomer's text with a link. The number is the column's.
enum class Links { show = 0, hold = 1 };

struct Rules {
  std::int64_t version = 0;        ///< rises with each change
  std::vector<std::string> words;  ///< as text::searchable has them, ascending, each once
  int newcomer_hours = 24;         ///< for so long an account is new; 0: never
  Links newcomer_links = Links::hold;
};

inline constexpr std::size_t kMaxWords = 500;
inline constexpr std::size_t kMaxWord = 50;  ///< code points
inline constexpr int kMaxNewcomerHours = 24 * 30;

/// A word as it is looked for: folded, punctuation left out, so a domain is one, too. invalid for one that is shorter
/// than two letters or longer than kMaxWord. Pure.
Result<std::string> read_word(std::string_view word);

/// Whether one of the words is in the text, inside of longer ones, too. Pure.
bool has_word(const Rules& rules, std::string_view content);

/// Whether there is something that leads elsewhere: an address, or what looks like the name of a host. Pure.
bool has_link(std::string_view content);

/// Whether an account made then is new now. One that is of a time to come was made by a wrong clock: it is not. Pure.
bool is_new(std::chrono::hours new_for, time::Timestamp created_at, time::Timestamp now);

}  // namespace dontgoback::core::moderation
