#include "today_store.hpp"

#include "accounts/accounts.hpp"
#include "dontgoback/storage/planned.hpp"
#include "store.hpp"

namespace dontgoback::core::assets {
namespace {

using storage::args;
using storage::Connection;
using storage::Planned;

constexpr int kAccountsAtOnce = 5000;

// The outer join keeps both databases from beginning with the snapshots.
const Planned kMoves(
    "assets/moves",
    "SELECT a.id, t.amount, t.multiplier, (SELECT s.amount FROM asset_snapshots s {PRIMARY} WHERE s.user_id = a.id "
    "AND s.day < :earlier_day ORDER BY s.day DESC LIMIT 1), CASE WHEN " +
        accounts::is_listed("a") + " THEN 1 ELSE 0 END FROM " + accounts::table("a") +
        " {PRIMARY} LEFT JOIN asset_snapshots t {PRIMARY} ON t.user_id = a.id AND t.day = :day WHERE "
        "a.id > :after AND " +
        accounts::is_active("a") + " ORDER BY a.id LIMIT :limit");
const Planned kMovers("assets/movers", "SELECT m.user_id, m.hundredths, m.shown FROM asset_today_movers m {PRIMARY} " +
                                           accounts::planned_join("a", "m.user_id") + " WHERE m.side = :side AND " +
                                           accounts::is_listed("a") + " ORDER BY m.place LIMIT :limit");
// Kinds of rows of the spread.
constexpr int kSteps = 0;
constexpr int kCells = 1;

const Planned kStep("assets/step",
                    "SELECT number FROM asset_today_spread {PRIMARY} WHERE kind = :kind AND at_least <= :amount ORDER "
                    "BY at_least DESC LIMIT 1");
const Planned kFirstSteps("assets/first-steps",
                          "SELECT COUNT(*) FROM (SELECT at_least FROM asset_today_spread {PRIMARY} WHERE kind = :kind "
                          "ORDER BY at_least LIMIT 2) steps");
const Planned kRead("assets/cells",
                    "SELECT at_least, number FROM asset_today_spread {PRIMARY} WHERE kind = :kind ORDER BY at_least "
                    "LIMIT 1000");
const Planned kDropMovers("assets/drop-movers", "DELETE FROM asset_today_movers {PRIMARY} WHERE side = :side");
const Planned kDropSpread("assets/drop-spread", "DELETE FROM asset_today_spread {PRIMARY} WHERE kind = :kind");
const Planned kForget("assets/forget-mover",
                      "DELETE FROM asset_today_movers {asset_today_movers_by_user} WHERE user_id = :user_id");

void add(Connection& connection, int kind, Won at_least, std::int64_t number) {
  connection.execute("INSERT INTO asset_today_spread (kind, at_least, number) VALUES (:kind, :at_least, :number)", kind,
                     at_least, number);
}

void add_movers(Connection& connection, Side side, const std::vector<ShownMove>& moves) {
  int place = 0;
  for (const auto& move : moves) {
    connection.execute(
        "INSERT INTO asset_today_movers (side, place, user_id, hundredths, shown) VALUES (:side, :place, :user_id, "
        ":hundredths, :shown)",
        static_cast<int>(side), place++, move.user, move.hundredths, move.shown);
  }
}

}  // namespace

time::Day day_told(Connection& connection, time::Day today) {
  const auto found = connection.one<std::optional<time::Day>>("SELECT MAX(day) FROM asset_days WHERE day <= :day",
                                                              last_shown_day(connection, today));
  return found ? std::get<0>(*found).value_or(today) : today;
}

std::optional<TodayHead> find_today(Connection& connection) {
  const auto found = connection.one<time::Day, std::int64_t, std::int64_t>(
      "SELECT day, changes, counted FROM asset_today WHERE id = 1");
  if (!found) return std::nullopt;
  return TodayHead{std::get<0>(*found), std::get<1>(*found), std::get<2>(*found)};
}

std::optional<UserId> each_move(Connection& connection, time::Day day, UserId after,
                                const std::function<void(const OwnMove&)>& row) {
  int rows = 0;
  connection.each(kMoves.on(connection), args(day, day, after, kAccountsAtOnce),
                  [&](UserId user, std::optional<Won> amount, std::optional<Multiplier> multiplier,
                      std::optional<Won> before, int listed) {
                    ++rows;
                    after = user;
                    if (amount && before) row({user, *amount, *multiplier, *before, listed != 0});
                  });
  return rows < kAccountsAtOnce ? std::nullopt : std::optional(after);
}

void replace_today(Connection& connection, const Today& today) {
  connection.execute("DELETE FROM asset_today WHERE id = 1");
  for (const auto side : {Side::rises, Side::falls}) {
    connection.execute(kDropMovers.on(connection), static_cast<int>(side));
  }
  for (const auto kind : {kSteps, kCells}) connection.execute(kDropSpread.on(connection), kind);
  connection.execute("INSERT INTO asset_today (id, day, changes, counted) VALUES (1, :day, :changes, :counted)",
                     today.head.day, today.head.changes, today.head.accounts);
  add_movers(connection, Side::rises, today.rises);
  add_movers(connection, Side::falls, today.falls);
  for (const auto& step : today.steps) add(connection, kSteps, step.at_least, step.per_cent);
  for (const auto& cell : today.cells) add(connection, kCells, cell.at_least, cell.accounts);
}

void forget_move_of(Connection& connection, UserId user) { connection.execute(kForget.on(connection), user); }

std::vector<ShownMove> shown_movers(Connection& connection, Side side) {
  std::vector<ShownMove> found;
  connection.each(kMovers.on(connection), args(static_cast<int>(side), kMoversShown),
                  [&](UserId user, std::int64_t hundredths, std::string shown) {
                    found.push_back({user, hundredths, std::move(shown)});
                  });
  return found;
}

std::optional<int> percentile_of(Connection& connection, Won amount) {
  const auto steps = connection.one<std::int64_t>(kFirstSteps.on(connection), kSteps);
  if (std::get<0>(steps.value()) < 2) return std::nullopt;
  const auto found = connection.one<int>(kStep.on(connection), kSteps, amount);
  return found ? std::get<0>(*found) : 100;
}

std::vector<Cell> cells_shown(Connection& connection) {
  std::vector<Cell> found;
  connection.each(kRead.on(connection), args(kCells), [&](Won at_least, std::int64_t accounts) {
    found.push_back({at_least, accounts});
  });
  return found;
}

}  // namespace dontgoback::core::assets
