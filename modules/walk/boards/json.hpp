#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "board.hpp"
#include "dontgoback/json/writer.hpp"

namespace dontgoback::walk::boards {

/// `today`, `week`, `month`.
std::string_view name_of(Period period);
std::optional<Period> parse_period(std::string_view name);

/// Without a moment of anybody's: `{period, from, to, entries, me}`.
void write(json::Writer& writer, const Board& board);
/// The same as a Server-Sent Event `board`.
std::string event_of(const Board& board);

}  // namespace dontgoback::walk::boards
