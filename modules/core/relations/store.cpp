#include "store.hpp"

#include <cstring>

#include "dontgoback/security/crypto/random_bytes.hpp"
#include "dontgoback/storage/planned.hpp"

namespace dontgoback::core::relations {
namespace {

using storage::args;
using storage::Connection;
using storage::Dialect;
using storage::Planned;

constexpr int kDroppedAtOnce = 500;

const Planned kRelated("relations/list",
                       "SELECT other_id, created_at FROM relations {relations_by_kind} WHERE user_id = :user_id AND "
                       "kind = :kind AND other_id < :before ORDER BY other_id DESC LIMIT :size");
const Planned kCount("relations/count",
                     "SELECT COUNT(*) FROM (SELECT other_id FROM relations {relations_by_kind} WHERE user_id = "
                     ":user_id AND kind = :kind LIMIT :limit) counted");
const Planned kSomeOfUser(
    "relations/some-of-user",
    "SELECT user_id, other_id, kind, created_at FROM relations {relations_by_kind} WHERE user_id = "
    ":user_id LIMIT :limit");
const Planned kSomeOfOther("relations/some-of-other",
                           "SELECT user_id, other_id, kind, created_at FROM relations {relations_by_other} WHERE "
                           "other_id = :other_id LIMIT :limit");

const Planned kTurnedAway("relations/turned-away",
                          "SELECT other_id FROM relations {PRIMARY} WHERE user_id = :user_id AND other_id > :after "
                          "GROUP BY other_id ORDER BY other_id LIMIT :limit");

struct Row {
  UserId user, other;
  int kind;
  time::Timestamp since;
};

std::vector<Row> some(Connection& connection, const Planned& statement, UserId of) {
  std::vector<Row> rows;
  connection.each(statement.on(connection), args(of, kDroppedAtOnce),
                  [&rows](UserId user, UserId other, int kind, time::Timestamp since) {
                    rows.push_back({user, other, kind, since});
                  });
  return rows;
}

/// At random: what a transaction has read of its own and undoes is not taken for what another one writes.
Version another_version() {
  Version version = 0;
  std::memcpy(&version, security::random_bytes(sizeof version).data(), sizeof version);
  return version;
}

/// Of who has one, as has everybody who turned something away. Adding one would hold the account's row, and who goes
/// is taken off many lists.
void renew_version(Connection& connection, UserId user) {
  connection.execute("UPDATE turned_away SET version = :version WHERE user_id = :user_id", another_version(), user);
}

}  // namespace

bool are_apart(Connection& connection, UserId one, UserId other) {
  return connection
      .one<std::int64_t>(
          "SELECT 1 FROM relations WHERE user_id = :user_id AND other_id = :other_id AND kind + 0 IN (1, 2) LIMIT 1",
          one, other)
      .has_value();
}

bool turns_away_from(Connection& connection, UserId user, UserId other) {
  return connection
      .one<std::int64_t>("SELECT 1 FROM relations WHERE user_id = :user_id AND other_id = :other_id LIMIT 1", user,
                         other)
      .has_value();
}

std::vector<Related> related(Connection& connection, UserId user, Kind kind, std::int64_t before, int limit) {
  std::vector<Related> found;
  connection.each(kRelated.on(connection), args(user, static_cast<int>(kind), before, limit),
                  [&found](UserId other, time::Timestamp since) {
                    found.push_back({other, since});
                  });
  return found;
}

bool has(Connection& connection, UserId user, UserId other, Kind kind) {
  return connection
      .one<std::int64_t>("SELECT 1 FROM relations WHERE user_id = :user_id AND other_id = :other_id AND kind = :kind",
                         user, other, static_cast<int>(kind))
      .has_value();
}

std::vector<UserId> turned_away(Connection& connection, UserId user, int limit) {
  std::vector<UserId> found;
  connection.each(kTurnedAway.on(connection), args(user, UserId{}, limit),
                  [&found](UserId other) { found.push_back(other); });
  return found;
}

std::optional<Version> find_version(Connection& connection, UserId user) {
  const auto row = connection.one<Version>("SELECT version FROM turned_away WHERE user_id = :user_id", user);
  return row ? std::optional(std::get<0>(*row)) : std::nullopt;
}

void set_version(Connection& connection, UserId user) {
  const auto version = another_version();
  connection.execute(connection.dialect() == Dialect::sqlite
                         ? "INSERT INTO turned_away (user_id, version) VALUES (:user_id, :version) ON CONFLICT "
                           "(user_id) DO UPDATE SET version = excluded.version"
                         : "INSERT INTO turned_away (user_id, version) VALUES (:user_id, :version) ON DUPLICATE KEY "
                           "UPDATE version = VALUES(version)",
                     user, version);
}

void add(Connection& connection, UserId user, UserId other, Kind kind, time::Timestamp now) {
  connection.execute(connection.dialect() == Dialect::sqlite
                         ? "INSERT OR IGNORE INTO relations (user_id, other_id, kind, created_at) VALUES (:user_id, "
                           ":other_id, :kind, :created_at)"
                         : "INSERT INTO relations (user_id, other_id, kind, created_at) VALUES (:user_id, :other_id, "
                           ":kind, :created_at) ON DUPLICATE KEY UPDATE kind = kind",
                     user, other, static_cast<int>(kind), now);
  set_version(connection, user);
}

void drop(Connection& connection, UserId user, UserId other, Kind kind) {
  connection.execute("DELETE FROM relations WHERE user_id = :user_id AND other_id = :other_id AND kind = :kind", user,
                     other, static_cast<int>(kind));
  renew_version(connection, user);
}

std::int64_t count(Connection& connection, UserId user, Kind kind, int most) {
  return std::get<0>(connection.one<std::int64_t>(kCount.on(connection), user, static_cast<int>(kind), most).value());
}

std::optional<StoredWords> find_words(Connection& connection, UserId user) {
  const auto row =
      connection.one<std::string, std::string>("SELECT words, folded FROM hidden_words WHERE user_id = :user_id", user);
  if (!row) return std::nullopt;
  return StoredWords{std::get<0>(*row), std::get<1>(*row)};
}

void set_words(Connection& connection, UserId user, const StoredWords& words) {
  connection.execute(
      connection.dialect() == Dialect::sqlite
          ? "INSERT INTO hidden_words (user_id, words, folded) VALUES (:user_id, :words, :folded) ON CONFLICT "
            "(user_id) "
            "DO UPDATE SET words = excluded.words, folded = excluded.folded"
          : "INSERT INTO hidden_words (user_id, words, folded) VALUES (:user_id, :words, :folded) ON DUPLICATE KEY "
            "UPDATE words = VALUES(words), folded = VALUES(folded)",
      user, words.written, words.folded);
  set_version(connection, user);
}

void drop_words(Connection& connection, UserId user) {
  connection.execute("DELETE FROM hidden_words WHERE user_id = :user_id", user);
  renew_version(connection, user);
}

void drop_version(Connection& connection, UserId user) {
  connection.execute("DELETE FROM turned_away WHERE user_id = :user_id", user);
}

std::string folded_words(Connection& connection, UserId user) {
  const auto row = connection.one<std::string>("SELECT folded FROM hidden_words WHERE user_id = :user_id", user);
  return row ? std::get<0>(*row) : std::string();
}

void hand_over(Connection& connection, UserId from, UserId to) {
  const auto move = [&](const Row& row) {
    const auto user = row.user == from ? to : row.user;
    const auto other = row.other == from ? to : row.other;
    drop(connection, row.user, row.other, Kind{row.kind});
    if (user != other) add(connection, user, other, Kind{row.kind}, row.since);
  };
  for (const auto* side : {&kSomeOfUser, &kSomeOfOther}) {
    for (auto rows = some(connection, *side, from); !rows.empty(); rows = some(connection, *side, from)) {
      for (const auto& row : rows) move(row);
    }
  }
}

bool drop_some_of(Connection& connection, UserId user) {
  for (const auto* side : {&kSomeOfUser, &kSomeOfOther}) {
    const auto rows = some(connection, *side, user);
    for (const auto& row : rows) drop(connection, row.user, row.other, Kind{row.kind});
    if (rows.size() == kDroppedAtOnce) return false;
  }
  return true;
}

}  // namespace dontgoback::core::relations
