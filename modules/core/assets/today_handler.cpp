#include "today_handler.hpp"

#include <chrono>

#include "accounts/accounts.hpp"
#include "refresh.hpp"
#include "store.hpp"
#include "today_store.hpp"

namespace dontgoback::core::assets {
namespace {

struct Told {
  time::Day day;
  std::string_view state;
  std::int64_t accounts = 0;
  std::optional<int> percentile;
  std::vector<ShownMove> rises;
  std::vector<ShownMove> falls;
  std::vector<Cell> cells;
};

/// What was counted of another day is nobody's today.
Told find(storage::Connection& connection, UserId who, time::Day today) {
  const auto day = day_told(connection, today);
  const auto head = find_today(connection);
  if (!head || head->day != day) return {day, "COUNTING", 0, {}, {}, {}, {}};
  if (head->accounts < accounts::kHiddenAmong) return {day, "FEW", 0, {}, {}, {}, {}};
  Told told{day, "KNOWN", head->accounts, {}, {}, {}, cells_shown(connection)};
  told.rises = shown_movers(connection, Side::rises);
  told.falls = shown_movers(connection, Side::falls);
  if (const auto own = fortune_on(connection, who, day)) told.percentile = percentile_of(connection, own->amount);
  return told;
}

/// Until names change: not a moment, which would be another by the clock of who asks.
std::chrono::seconds until_change(const time::Zone& zone, time::Day today, time::Timestamp now) {
  auto next = zone.at(today, kRefreshTime);
  if (next <= now) next = zone.at(today + std::chrono::days(1), kRefreshTime);
  return std::chrono::ceil<std::chrono::seconds>(next - now);
}

void write(json::Writer& writer, std::string_view name, const std::vector<ShownMove>& moves, http::Language language) {
  writer.key(name);
  writer.begin_array();
  for (const auto& move : moves) {
    writer.begin_object();
    writer.field("name", move.shown.empty() ? http::in(language, accounts::kNoName) : std::string_view(move.shown));
    writer.field("unnamed", move.shown.empty());
    writer.key("changePercent");
    writer.decimal(move.hundredths, 2);
    writer.end_object();
  }
  writer.end_array();
}

/// The first and the last are open: where the poorest and the richest are is nobody's to know.
void write(json::Writer& writer, const std::vector<Cell>& cells) {
  writer.key("distribution");
  writer.begin_array();
  for (std::size_t i = 0; i < cells.size(); ++i) {
    writer.begin_object();
    writer.field("from", i == 0 ? std::optional<Won>() : cells[i].at_least);
    writer.field("to", i + 1 == cells.size() ? std::optional<Won>() : cells[i + 1].at_least);
    writer.field("accounts", cells[i].accounts);
    writer.end_object();
  }
  writer.end_array();
}

}  // namespace

http::Response everybodys_day(storage::Database& database, const time::Clock& clock, const time::Zone& zone,
                              const http::Request& request) {
  const auto now = clock.now();
  const auto today = zone.day_of(now);
  const auto told =
      database.read([&](storage::Connection& connection) { return find(connection, request.identity.user, today); });
  return http::envelope(request, 200, {"오늘의 부자입니다.", "How everybody's day went."}, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("day", told.day);
    writer.field("changesIn", until_change(zone, today, now).count());
    writer.field("state", told.state);
    writer.field("accounts", told.accounts);
    writer.key("percentile");
    if (told.percentile) {
      writer.value(std::int64_t{*told.percentile});
    } else {
      writer.null();
    }
    write(writer, "rises", told.rises, request.language);
    write(writer, "falls", told.falls, request.language);
    write(writer, told.cells);
    writer.end_object();
  });
}

}  // namespace dontgoback::core::assets
