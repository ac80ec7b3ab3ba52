#include "store.hpp"

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
const Planned kSomeOfUser("relations/some-of-user",
                          "SELECT user_id, other_id, kind, created_at FROM relations {PRIMARY} WHERE user_id = "
                          ":user_id LIMIT :limit");
const Planned kSomeOfOther("relations/some-of-other",
                           "SELECT user_id, other_id, kind, created_at FROM relations {relations_by_other} WHERE "
                           "other_id = :other_id LIMIT :limit");

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

}  // namespace

bool are_apart(Connection& connection, UserId one, UserId other) {
  return connection
      .one<std::int64_t>(
          "SELECT 1 FROM relations WHERE user_id = :user_id AND other_id = :other_id AND kind IN (1, 2) LIMIT 1", one,
          other)
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

void add(Connection& connection, UserId user, UserId other, Kind kind, time::Timestamp now) {
  connection.execute(connection.dialect() == Dialect::sqlite
                         ? "INSERT OR IGNORE INTO relations (user_id, other_id, kind, created_at) VALUES (:user_id, "
                           ":other_id, :kind, :created_at)"
                         : "INSERT INTO relations (user_id, other_id, kind, created_at) VALUES (:user_id, :other_id, "
                           ":kind, :created_at) ON DUPLICATE KEY UPDATE kind = kind",
                     user, other, static_cast<int>(kind), now);
}

void drop(Connection& connection, UserId user, UserId other, Kind kind) {
  connection.execute("DELETE FROM relations WHERE user_id = :user_id AND other_id = :other_id AND kind = :kind", user,
                     other, static_cast<int>(kind));
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
}

void drop_words(Connection& connection, UserId user) {
  connection.execute("DELETE FROM hidden_words WHERE user_id = :user_id", user);
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
