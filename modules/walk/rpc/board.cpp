#include "board.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace dontgoback::walk::rpc {

boards::Period period_of(Calls::Period period) {
  switch (period) {
    case Calls::Period::today:
      break;
    case Calls::Period::week:
      return boards::Period::week;
    case Calls::Period::month:
      return boards::Period::month;
  }
  return boards::Period::today;
}

std::vector<Calls::BoardEntry> entries_of(boards::Board board) {
  std::vector<Calls::BoardEntry> entries;
  entries.reserve(board.entries.size());
  for (auto& from : board.entries) {
    Calls::BoardEntry entry;
    entry.walker = to_string(from.uuid);
    entry.nickname = std::move(from.nickname);
    entry.steps =
        static_cast<std::int32_t>(std::min<std::int64_t>(from.steps, std::numeric_limits<std::int32_t>::max()));
    entry.rank = from.rank;
    entry.is_me = from.is_me;
    entry.is_doubtful = from.is_doubtful();
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace dontgoback::walk::rpc
