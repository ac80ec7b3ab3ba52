#include "keeping_store.hpp"

#include <optional>
#include <vector>

#include "dontgoback/storage/planned.hpp"
#include "relations/relations.hpp"
#include "removal_store.hpp"

namespace dontgoback::core::feed {
namespace {

using storage::args;
using storage::Connection;
using storage::Dialect;
using storage::Planned;

const Planned kCountSaved("feed/count-saved",
                          "SELECT COUNT(*) FROM (SELECT number FROM saved_posts {saved_posts_by_number} WHERE user_id "
                          "= :user_id LIMIT :limit) counted");
const Planned kLastSaved("feed/last-saved",
                         "SELECT number FROM saved_posts {saved_posts_by_number} WHERE user_id = :user_id ORDER BY "
                         "number DESC LIMIT 1");
const Planned kSomeSaved("feed/some-saved",
                         "SELECT post_id, created_at FROM saved_posts {saved_posts_by_number} WHERE user_id = :user_id "
                         "ORDER BY number LIMIT :limit");
const Planned kSomeHidden("feed/some-hidden",
                          "SELECT post_id FROM hidden_posts {PRIMARY} WHERE user_id = :user_id LIMIT :limit");
const Planned kSurplus("feed/surplus-hidden",
                       "SELECT post_id FROM hidden_posts {PRIMARY} WHERE user_id = :user_id ORDER BY post_id DESC "
                       "LIMIT 1 OFFSET :kept");
const Planned kDropSurplus("feed/drop-surplus-hidden",
                           "DELETE FROM hidden_posts {PRIMARY} WHERE user_id = :user_id AND post_id <= :post_id");

struct Saved {
  PostId post;
  time::Timestamp at;
};

std::vector<Saved> some_saved(Connection& connection, UserId user) {
  std::vector<Saved> found;
  connection.each(kSomeSaved.on(connection), args(user, kRemovedAtOnce), [&found](PostId post, time::Timestamp at) {
    found.push_back({post, at});
  });
  return found;
}

std::vector<PostId> some_hidden(Connection& connection, UserId user) {
  std::vector<PostId> found;
  connection.each(kSomeHidden.on(connection), args(user, kRemovedAtOnce),
                  [&found](PostId post) { found.push_back(post); });
  return found;
}

void insert_hidden(Connection& connection, UserId user, PostId post) {
  connection.execute(connection.dialect() == Dialect::sqlite
                         ? "INSERT OR IGNORE INTO hidden_posts (user_id, post_id) VALUES (:user_id, :post)"
                         : "INSERT INTO hidden_posts (user_id, post_id) VALUES (:user_id, :post) ON DUPLICATE KEY "
                           "UPDATE post_id = post_id",
                     user, post);
}

bool delete_hidden(Connection& connection, UserId user, PostId post) {
  return connection.execute("DELETE FROM hidden_posts WHERE user_id = :user_id AND post_id = :post", user, post) != 0;
}

}  // namespace

bool is_saved(Connection& connection, UserId user, PostId post) {
  return connection
      .one<std::int64_t>("SELECT 1 FROM saved_posts WHERE user_id = :user_id AND post_id = :post", user, post)
      .has_value();
}

std::int64_t count_saved(Connection& connection, UserId user, int most) {
  return std::get<0>(connection.one<std::int64_t>(kCountSaved.on(connection), user, most).value());
}

void add_saved(Connection& connection, UserId user, PostId post, time::Timestamp now) {
  const auto last = connection.one<std::int64_t>(kLastSaved.on(connection), user);
  connection.execute(
      "INSERT INTO saved_posts (user_id, post_id, number, created_at) VALUES (:user_id, :post, :number, :created_at)",
      user, post, last ? std::get<0>(*last) + 1 : 1, now);
}

bool drop_saved(Connection& connection, UserId user, PostId post) {
  return connection.execute("DELETE FROM saved_posts WHERE user_id = :user_id AND post_id = :post", user, post) != 0;
}

void add_hidden(Connection& connection, UserId user, PostId post) {
  insert_hidden(connection, user, post);
  relations::set_version(connection, user);
}

bool drop_hidden(Connection& connection, UserId user, PostId post) {
  if (!delete_hidden(connection, user, post)) return false;
  relations::set_version(connection, user);
  return true;
}

void drop_surplus_hidden(Connection& connection, UserId user, int kept) {
  if (const auto oldest = connection.one<PostId>(kSurplus.on(connection), user, kept)) {
    connection.execute(kDropSurplus.on(connection), user, std::get<0>(*oldest));
    relations::set_version(connection, user);
  }
}

void hand_over_kept(Connection& connection, UserId from, UserId to) {
  for (auto saved = some_saved(connection, from); !saved.empty(); saved = some_saved(connection, from)) {
    for (const auto& each : saved) {
      drop_saved(connection, from, each.post);
      if (!is_saved(connection, to, each.post)) add_saved(connection, to, each.post, each.at);
    }
  }
  for (auto hidden = some_hidden(connection, from); !hidden.empty(); hidden = some_hidden(connection, from)) {
    for (const auto post : hidden) {
      delete_hidden(connection, from, post);
      insert_hidden(connection, to, post);
    }
    relations::set_version(connection, from);
    relations::set_version(connection, to);
  }
}

bool drop_some_kept(Connection& connection, UserId user) {
  const auto saved = some_saved(connection, user);
  for (const auto& each : saved) drop_saved(connection, user, each.post);
  if (saved.size() == kRemovedAtOnce) return false;
  const auto hidden = some_hidden(connection, user);
  for (const auto post : hidden) delete_hidden(connection, user, post);
  if (!hidden.empty()) relations::set_version(connection, user);
  return hidden.size() < kRemovedAtOnce;
}

}  // namespace dontgoback::core::feed
