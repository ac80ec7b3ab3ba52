#include "store.hpp"

#include <algorithm>

#include "dontgoback/storage/planned.hpp"

namespace dontgoback::walk::friends {
namespace {

using storage::args;
using storage::Connection;
using storage::Dialect;
using storage::Planned;

constexpr int kDroppedAtOnce = 500;
/// More than any kind that is listed may have.
constexpr int kMostListed = 1000;

const Planned kFriends("friends/of", "SELECT f.other_id " + planned_friends() +
                                         walkers::planned_join("w", "f.other_id") + " WHERE " + is_friend_of() +
                                         " AND " + walkers::is_active("w") + " ORDER BY f.other_id LIMIT :limit");
const Planned kListed("friends/list", "SELECT w.uuid, w.nickname FROM friendships f {friendships_by_kind} " +
                                          walkers::planned_join("w", "f.other_id") +
                                          " WHERE f.walker_id = :walker AND f.kind = :kind AND " +
                                          walkers::is_active("w") + " LIMIT :limit");
const Planned kCount("friends/count",
                     "SELECT COUNT(*) FROM (SELECT f.other_id FROM friendships f {friendships_by_kind} WHERE "
                     "f.walker_id = :walker AND f.kind = :kind LIMIT :limit) counted");
const Planned kSomeOfWalker(
    "friends/some-of-walker",
    "SELECT walker_id, other_id, since FROM friendships {friendships_by_kind} WHERE walker_id = "
    ":walker LIMIT :limit");
const Planned kSomeOfOther("friends/some-of-other",
                           "SELECT walker_id, other_id, since FROM friendships {friendships_by_other} WHERE other_id = "
                           ":other LIMIT :limit");
const Planned kLinks("friends/links",
                     "SELECT id FROM friend_links {friend_links_of_walker} WHERE walker_id = :walker ORDER BY id DESC");

struct Row {
  WalkerId walker, other;
  time::Timestamp since;
};

std::vector<Row> some(Connection& connection, const Planned& statement, WalkerId of) {
  std::vector<Row> rows;
  connection.each(statement.on(connection), args(of, kDroppedAtOnce),
                  [&rows](WalkerId walker, WalkerId other, time::Timestamp since) {
                    rows.push_back({walker, other, since});
                  });
  return rows;
}

/// What there is between one walker and another, from both sides.
struct Sides {
  std::optional<Kind> own, others;

  bool any_of(Kind kind) const { return own == kind || others == kind; }
};

Sides sides(Connection& connection, WalkerId walker, WalkerId other) {
  return {find_kind(connection, walker, other), find_kind(connection, other, walker)};
}

/// What two walkers of one person have to do with somebody, drawn together: a block stands, then a friendship, and two
/// requests in both directions are one.
Sides merged(const Sides& one, const Sides& two) {
  const auto either = [](std::optional<Kind> a, std::optional<Kind> b, Kind kind) { return a == kind || b == kind; };
  const bool own_blocks = either(one.own, two.own, Kind::blocks);
  const bool others_block = either(one.others, two.others, Kind::blocks);
  const bool own_asked = either(one.own, two.own, Kind::asked);
  const bool others_asked = either(one.others, two.others, Kind::asked);
  const auto asked = [](bool it_did) { return it_did ? std::optional(Kind::asked) : std::nullopt; };
  if (own_blocks || others_block) {
    return {own_blocks ? Kind::blocks : asked(own_asked), others_block ? Kind::blocks : asked(others_asked)};
  }
  if (one.any_of(Kind::friends) || two.any_of(Kind::friends) || (own_asked && others_asked)) {
    return {Kind::friends, Kind::friends};
  }
  const auto answer = [&](std::optional<Kind> a, std::optional<Kind> b) {
    return either(a, b, Kind::asked_by) ? Kind::asked_by : Kind::refused;
  };
  if (own_asked) return {Kind::asked, answer(one.others, two.others)};
  if (others_asked) return {answer(one.own, two.own), Kind::asked};
  const auto refused = [&](std::optional<Kind> a, std::optional<Kind> b) {
    return either(a, b, Kind::refused) ? std::optional(Kind::refused) : std::nullopt;
  };
  return {refused(one.own, two.own), refused(one.others, two.others)};
}

void put(Connection& connection, WalkerId walker, WalkerId other, std::optional<Kind> kind, time::Timestamp since) {
  if (kind) {
    set(connection, walker, other, *kind, since);
  } else {
    drop(connection, walker, other);
  }
}

}  // namespace

bool are_friends(Connection& connection, WalkerId one, WalkerId other) {
  return find_kind(connection, one, other) == Kind::friends;
}

bool is_listed(Connection& connection, WalkerId walker, WalkerId other) {
  return find_kind(connection, walker, other).value_or(Kind::refused) != Kind::refused;
}

std::vector<WalkerId> friends_of(Connection& connection, WalkerId walker) {
  std::vector<WalkerId> found;
  connection.each(kFriends.on(connection), args(walker, kMostFriends), [&](WalkerId other) { found.push_back(other); });
  return found;
}

std::optional<Kind> find_kind(Connection& connection, WalkerId walker, WalkerId other) {
  const auto row = connection.one<int>("SELECT kind FROM friendships WHERE walker_id = :walker AND other_id = :other",
                                       walker, other);
  if (!row) return std::nullopt;
  return static_cast<Kind>(std::get<0>(*row));
}

void set(Connection& connection, WalkerId walker, WalkerId other, Kind kind, time::Timestamp now) {
  connection.execute(connection.dialect() == Dialect::sqlite
                         ? "INSERT INTO friendships (walker_id, other_id, kind, since) VALUES (:walker, :other, :kind, "
                           ":since) ON CONFLICT (walker_id, other_id) DO UPDATE SET kind = excluded.kind, since = "
                           "excluded.since"
                         : "INSERT INTO friendships (walker_id, other_id, kind, since) VALUES (:walker, :other, :kind, "
                           ":since) ON DUPLICATE KEY UPDATE kind = VALUES(kind), since = VALUES(since)",
                     walker, other, static_cast<int>(kind), now);
}

void drop(Connection& connection, WalkerId walker, WalkerId other) {
  connection.execute("DELETE FROM friendships WHERE walker_id = :walker AND other_id = :other", walker, other);
}

std::int64_t count(Connection& connection, WalkerId walker, Kind kind, std::int64_t most) {
  return std::get<0>(connection.one<std::int64_t>(kCount.on(connection), walker, static_cast<int>(kind), most).value());
}

std::vector<Listed> listed(Connection& connection, WalkerId walker, Kind kind) {
  std::vector<Listed> found;
  connection.each(kListed.on(connection), args(walker, static_cast<int>(kind), kMostListed),
                  [&found](std::string_view uuid, std::string_view nickname) {
                    auto& each = found.emplace_back();
                    std::copy_n(uuid.begin(), std::min(uuid.size(), each.uuid.bytes.size()), each.uuid.bytes.begin());
                    each.nickname = nickname;
                  });
  std::ranges::sort(found, {}, &Listed::uuid);
  return found;
}

void add_link(Connection& connection, WalkerId walker, std::string_view hash, time::Timestamp expires_at) {
  connection.execute("INSERT INTO friend_links (hash, walker_id, expires_at) VALUES (:hash, :walker_id, :expires_at)",
                     hash, walker, expires_at);
}

std::optional<WalkerId> find_link(Connection& connection, std::string_view hash, time::Timestamp now) {
  const auto row = connection.one<WalkerId>(
      "SELECT walker_id FROM friend_links WHERE hash = :hash AND expires_at > :now", hash, now);
  return row ? std::optional(std::get<0>(*row)) : std::nullopt;
}

void drop_links(Connection& connection, WalkerId walker, int kept) {
  std::vector<std::int64_t> links;
  connection.each(kLinks.on(connection), args(walker), [&](std::int64_t id) {
    if (kept-- <= 0) links.push_back(id);
  });
  for (const auto link : links) connection.execute("DELETE FROM friend_links WHERE id = :id", link);
}

void hand_over(Connection& connection, WalkerId from, WalkerId to) {
  for (const auto* side : {&kSomeOfWalker, &kSomeOfOther}) {
    for (auto rows = some(connection, *side, from); !rows.empty(); rows = some(connection, *side, from)) {
      for (const auto& row : rows) {
        const auto other = row.walker == from ? row.other : row.walker;
        const auto of_from = sides(connection, from, other);
        drop(connection, from, other);
        drop(connection, other, from);
        if (other == to) continue;
        const auto of_both = merged(sides(connection, to, other), of_from);
        const bool befriends = of_both.own == Kind::friends && !are_friends(connection, to, other);
        if (befriends && count(connection, to, Kind::friends, kMostFriends) >= kMostFriends) continue;
        put(connection, to, other, of_both.own, row.since);
        put(connection, other, to, of_both.others, row.since);
      }
    }
  }
  drop_links(connection, from, 0);
}

bool drop_some_of(Connection& connection, WalkerId walker) {
  for (const auto* side : {&kSomeOfWalker, &kSomeOfOther}) {
    const auto rows = some(connection, *side, walker);
    for (const auto& row : rows) drop(connection, row.walker, row.other);
    if (rows.size() == kDroppedAtOnce) return false;
  }
  drop_links(connection, walker, 0);
  return true;
}

}  // namespace dontgoback::walk::friends
