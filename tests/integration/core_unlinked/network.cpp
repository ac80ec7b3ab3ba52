#include "network.hpp"

#include "core/parts.hpp"

namespace dontgoback::test {
namespace {

/// A number of n that follows no order: the same in both dialects.
constexpr std::string_view kScattered = "(i * 7919 % 10007)";

std::string text(time::Day day) { return std::to_string(day.number()); }

}  // namespace

Network::Network(World& in, int size) : world(in) {
  const auto now = std::to_string(world.clock.now().time_since_epoch().count());
  const auto first = world.number("SELECT COALESCE(MAX(id), 0) FROM accounts");
  const std::string scattered(kScattered);
  // 1000만 of who is new, 1234만 of a tenth, 700만 to 1500만 of the others; the richest of all is alone.
  world.execute(
      "INSERT INTO accounts (role, status, amount, multiplier, amount_day, created_at, last_seen_at) WITH RECURSIVE n "
      "(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
      std::to_string(size) +
      ") SELECT CASE WHEN i > 9 AND i % 3 = 1 AND i % 2 = 0 THEN 0 ELSE 1 END, 0, CASE WHEN i % 3 = 1 THEN " +
      "10000000 WHEN i = 2 THEN 912345678 WHEN i % 10 = 5 THEN 12340000 ELSE 7000000 + " + scattered +
      " * 800 END, CASE WHEN i % 3 = 1 THEN 1000000000 WHEN " + scattered +
      " % 2 = 0 THEN 1010000000 ELSE 990000000 END, " + text(today()) + ", " + now + ", " + now + " FROM n");
  world.execute(
      "INSERT INTO asset_snapshots (user_id, day, amount, multiplier, created_at) SELECT id, amount_day, "
      "amount, multiplier, created_at FROM accounts WHERE id > " +
      std::to_string(first));
  world.database.read([&](storage::Connection& connection) {
    connection.each("SELECT id FROM accounts WHERE id > " + std::to_string(first) + " ORDER BY id", storage::args(),
                    [this](UserId id) { members_.push_back(id); });
  });
  count_names();
}

UserId Network::join(std::int64_t id, UserId named_like) {
  const auto like = " FROM accounts WHERE id = " + std::to_string(named_like.value);
  const auto own = std::to_string(id);
  world.execute(
      "INSERT INTO accounts (id, role, status, amount, multiplier, amount_day, created_at, last_seen_at) SELECT " +
      own + ", 1, 0, amount, multiplier, amount_day, created_at, last_seen_at" + like);
  world.execute("INSERT INTO asset_snapshots (user_id, day, amount, multiplier, created_at) SELECT " + own +
                ", amount_day, amount, multiplier, created_at" + like);
  members_.push_back(UserId{id});
  return members_.back();
}

void Network::next_day() {
  world.clock.advance(std::chrono::hours(24));
  const auto day = text(today());
  const auto now = std::to_string(world.clock.now().time_since_epoch().count());
  const std::string factor = "(985000000 + (id * 7919 % 10007) * 3000)";
  world.execute("INSERT INTO asset_snapshots (user_id, day, amount, multiplier, created_at) SELECT id, " + day +
                ", amount / 1000 * (" + factor + " / 1000000), " + factor + ", " + now +
                " FROM accounts WHERE id > 0 AND status = 0 AND amount_day < " + day);
  world.database.write([&](storage::Connection& connection) {
    core::accounts::make_current(connection, {"asset_snapshots"}, today(), UserId{1},
                                 core::accounts::newest_account(connection));
  });
  count_names();
}

void Network::count_names() { REQUIRE(world.node.scheduler().run_now("name-bands")); }

std::map<Network::Known, std::set<std::int64_t>> Network::shown_as() const {
  std::map<Known, std::set<std::int64_t>> all;
  const core::Parts parts;
  world.database.read([&](storage::Connection& connection) {
    for (const auto id : members_) {
      const auto account = parts.directory.find(connection, id, today());
      if (!account || account->status != core::accounts::AccountStatus::active) continue;
      const auto shown = core::accounts::unlinked_name(connection, *account);
      const std::string colour(core::accounts::to_string(shown.type));
      all[{shown.name.empty() ? "익명" : shown.name, colour}].insert(id.value);
    }
  });
  return all;
}

std::map<std::int64_t, Network::Known> Network::known() const {
  std::map<std::int64_t, Known> all;
  world.database.read([&](storage::Connection& connection) {
    connection.each("SELECT id, amount, multiplier FROM accounts WHERE id > 0 AND status = 0", storage::args(),
                    [&all](std::int64_t id, Won amount, Multiplier multiplier) {
                      all[id] = {core::accounts::name_of(amount),
                                 std::string(core::accounts::to_string(core::accounts::type_of(multiplier)))};
                    });
  });
  return all;
}

}  // namespace dontgoback::test
