#include "json.hpp"

#include <algorithm>
#include <array>

#include "dontgoback/http/event_text.hpp"

namespace dontgoback::walk::boards {
namespace {

constexpr std::array<std::string_view, 3> kPeriods{"today", "week", "month"};

void write(json::Writer& writer, const Entry& entry) {
  writer.begin_object();
  writer.field("walkerId", walkers::to_string(entry.uuid));
  writer.field("nickname", entry.nickname.empty() ? std::nullopt : std::optional(entry.nickname));
  writer.field("steps", entry.steps);
  writer.field("rank", entry.rank == 0 ? std::nullopt : std::optional<std::int64_t>(entry.rank));
  writer.field("isMe", entry.is_me);
  writer.field("doubtful", entry.is_doubtful());
  writer.end_object();
}

}  // namespace

std::string_view name_of(Period period) { return kPeriods.at(static_cast<std::size_t>(period)); }

std::optional<Period> parse_period(std::string_view name) {
  const auto found = std::ranges::find(kPeriods, name);
  if (found == kPeriods.end()) return std::nullopt;
  return static_cast<Period>(found - kPeriods.begin());
}

void write(json::Writer& writer, const Board& board) {
  writer.begin_object();
  writer.field("period", name_of(board.period));
  writer.field("from", board.days.from);
  writer.field("to", board.days.to);
  writer.key("entries");
  writer.begin_array();
  for (const auto& entry : board.entries) write(writer, entry);
  writer.end_array();
  writer.key("me");
  const auto me = std::ranges::find_if(board.entries, &Entry::is_me);
  if (me != board.entries.end()) {
    write(writer, *me);
  } else {
    writer.null();
  }
  writer.end_object();
}

std::string event_of(const Board& board) {
  return http::event_text("board", [&](json::Writer& writer) { write(writer, board); });
}

}  // namespace dontgoback::walk::boards
