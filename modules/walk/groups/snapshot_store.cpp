#include "dontgoback/storage/planned.hpp"
#include "groups.hpp"

namespace dontgoback::walk::groups {
namespace {

using storage::args;
using storage::Connection;
using storage::Dialect;
using storage::Planned;

constexpr int kPeriods = 3;

const Planned kAfter("groups/snapshots",
                     "SELECT group_id, period, taken_at, totals FROM group_boards {PRIMARY} WHERE group_id > :group "
                     "ORDER BY group_id, period LIMIT :limit");
const Planned kDrop("groups/drop-snapshots", "DELETE FROM group_boards {PRIMARY} WHERE group_id = :group");

}  // namespace

std::optional<Snapshot> find_snapshot(Connection& connection, GroupId group, int period) {
  auto row = connection.one<time::Timestamp, std::string>(
      "SELECT taken_at, totals FROM group_boards WHERE group_id = :group AND period = :period", group, period);
  if (!row) return std::nullopt;
  return Snapshot{group, period, std::get<0>(*row), std::move(std::get<1>(*row))};
}

void keep_snapshot(Connection& connection, const Snapshot& snapshot) {
  connection.execute(
      connection.dialect() == Dialect::sqlite
          ? "INSERT INTO group_boards (group_id, period, taken_at, totals) VALUES (:group, :period, :taken_at, "
            ":totals) "
            "ON CONFLICT (group_id, period) DO UPDATE SET taken_at = excluded.taken_at, totals = excluded.totals"
          : "INSERT INTO group_boards (group_id, period, taken_at, totals) VALUES (:group, :period, :taken_at, "
            ":totals) "
            "ON DUPLICATE KEY UPDATE taken_at = VALUES(taken_at), totals = VALUES(totals)",
      snapshot.group, snapshot.period, snapshot.taken_at, snapshot.totals);
}

void drop_snapshots(Connection& connection, GroupId group) { connection.execute(kDrop.on(connection), group); }

std::vector<Snapshot> snapshots_after(Connection& connection, GroupId group, int limit) {
  std::vector<Snapshot> found;
  connection.each(kAfter.on(connection), args(group, limit * kPeriods),
                  [&](GroupId of, int period, time::Timestamp taken_at, std::string_view totals) {
                    found.push_back({of, period, taken_at, std::string(totals)});
                  });
  if (found.size() < static_cast<std::size_t>(limit * kPeriods)) return found;
  const auto last = found.back().group;  // of which there may be more
  std::erase_if(found, [last](const Snapshot& each) { return each.group == last; });
  return found;
}

}  // namespace dontgoback::walk::groups
