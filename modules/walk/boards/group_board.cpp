#include "group_board.hpp"

#include <algorithm>
#include <map>

#include "dontgoback/text/number.hpp"
#include "dontgoback/text/parts.hpp"

namespace dontgoback::walk::boards {
namespace {

using storage::Connection;

constexpr int kGroupsAtOnce = 50;

bool stands(const groups::Snapshot& snapshot, time::Timestamp now) {
  // One of a time to come was taken by a wrong clock.
  return now >= snapshot.taken_at && now < snapshot.taken_at + kStands;
}

groups::Snapshot take(Connection& connection, groups::GroupId group, const Looking& looking) {
  return {group, static_cast<int>(looking.period), looking.now, to_text(group_entries(connection, group, looking))};
}

/// What is there of a snapshot is shown of those who are members now, by their names of now.
Board shown(Connection& connection, const groups::Snapshot& snapshot, WalkerId looks, Period period) {
  const auto own = walkers::find(connection, looks);
  const auto by_clock = days_by_clock(period, snapshot.taken_at);
  Board board{period, by_clock.of(own ? own->offset_minutes : 0), {}};
  std::map<WalkerId, groups::Member> there;
  for (auto& member : groups::members(connection, snapshot.group)) there.emplace(member.walker, std::move(member));
  for (auto& entry : from_text(snapshot.totals)) {
    const auto member = there.find(entry.walker);
    if (member == there.end()) continue;
    const auto walker = walkers::find(connection, entry.walker);
    if (!walker || !walker->shares_steps) continue;  // since the snapshot was taken
    entry.uuid = member->second.uuid;
    entry.nickname = member->second.nickname;
    entry.is_me = entry.walker == looks;
    board.entries.push_back(std::move(entry));
  }
  rank(board.entries);
  return board;
}

/// Whether a member whose days have not changed since has another total there.
bool is_wrong(Connection& connection, const groups::Snapshot& snapshot, Looking looking) {
  if (snapshot.period < 0 || snapshot.period > static_cast<int>(Period::month)) return true;
  looking.period = static_cast<Period>(snapshot.period);
  looking.now = snapshot.taken_at;
  std::map<WalkerId, Entry> kept;
  for (auto& entry : from_text(snapshot.totals)) kept.emplace(entry.walker, entry);
  if (to_text(from_text(snapshot.totals)) != snapshot.totals) return true;
  return std::ranges::any_of(group_entries(connection, snapshot.group, looking), [&](const Entry& now) {
    const auto then = kept.find(now.walker);
    if (then == kept.end() || now.reached_at > snapshot.taken_at.time_since_epoch().count()) return false;
    return then->second.steps != now.steps;
  });
}

}  // namespace

std::string to_text(const std::vector<Entry>& entries) {
  std::string text;
  for (const auto& entry : entries) {
    for (const auto number : {entry.walker.value, entry.steps, entry.doubtful_steps, entry.reached_at}) {
      text.append(std::to_string(number)).push_back(' ');
    }
    text.back() = '\n';
  }
  return text;
}

std::vector<Entry> from_text(std::string_view text) {
  std::vector<Entry> entries;
  while (!text.empty()) {
    auto line = text::take(text, '\n');
    Entry entry;
    bool is_good = true;
    for (auto* number : {&entry.walker.value, &entry.steps, &entry.doubtful_steps, &entry.reached_at}) {
      const auto read = text::number<std::int64_t>(text::take(line, ' '));
      is_good = is_good && read && *read >= 0;
      *number = read.value_or(0);
    }
    if (is_good && line.empty()) entries.push_back(std::move(entry));
  }
  return entries;
}

Board group_board(storage::Database& database, groups::GroupId group, WalkerId looks, const Looking& looking) {
  const auto find = [&](Connection& connection) {
    return groups::find_snapshot(connection, group, static_cast<int>(looking.period));
  };
  auto standing = database.read(find);
  if (!standing || !stands(*standing, looking.now)) {
    standing = database.write([&](Connection& connection) {
      groups::lock_group(connection, group);
      auto found = find(connection);
      if (found && stands(*found, looking.now)) return *found;  // somebody else was first
      auto taken = take(connection, group, looking);
      groups::keep_snapshot(connection, taken);
      return taken;
    });
  }
  return database.read([&](Connection& connection) { return shown(connection, *standing, looks, looking.period); });
}

Verified verify(storage::Database& database) {
  Verified verified;
  groups::GroupId last{0};
  for (;;) {
    std::vector<groups::Snapshot> wrong;
    const auto some = database.read([&](Connection& connection) {
      auto found = groups::snapshots_after(connection, last, kGroupsAtOnce);
      wrong.clear();
      for (const auto& snapshot : found) {
        if (is_wrong(connection, snapshot, {})) wrong.push_back(snapshot);
      }
      return found;
    });
    if (some.empty()) return verified;
    last = some.back().group;
    verified.checked += static_cast<std::int64_t>(some.size());
    verified.wrong += static_cast<std::int64_t>(wrong.size());
    if (wrong.empty()) continue;
    database.write([&](Connection& connection) {
      for (const auto& snapshot : wrong) groups::drop_snapshots(connection, snapshot.group);
    });
  }
}

}  // namespace dontgoback::walk::boards
