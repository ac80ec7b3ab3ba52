#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "friends.hpp"

// SQL of friendships and friend_links.
namespace dontgoback::walk::friends {

std::optional<Kind> find_kind(storage::Connection& connection, WalkerId walker, WalkerId other);
void set(storage::Connection& connection, WalkerId walker, WalkerId other, Kind kind, time::Timestamp now);
void drop(storage::Connection& connection, WalkerId walker, WalkerId other);
/// How many a walker has of a kind, up to `most`.
std::int64_t count(storage::Connection& connection, WalkerId walker, Kind kind, std::int64_t most);

/// Whom a list names.
struct Listed {
  walkers::Uuid uuid;
  std::string nickname;  ///< "": none yet
};
/// All with whom a walker has that to do and who take part, of a kind that is bounded; in order of UUID, which says
/// nothing.
std::vector<Listed> listed(storage::Connection& connection, WalkerId walker, Kind kind);

/// `hash` is base64url of SHA-256.
void add_link(storage::Connection& connection, WalkerId walker, std::string_view hash, time::Timestamp expires_at);
/// Whose link it is, until it expires.
std::optional<WalkerId> find_link(storage::Connection& connection, std::string_view hash, time::Timestamp now);
struct Link {
  std::string hash;
  time::Timestamp expires_at;
};
/// Those that are good now, the newest first.
std::vector<Link> links_of(storage::Connection& connection, WalkerId walker, time::Timestamp now);
/// Of the walker's own. Whether it was there.
bool drop_link(storage::Connection& connection, WalkerId walker, std::string_view hash);
/// All links of a walker but its newest `kept`.
void drop_links(storage::Connection& connection, WalkerId walker, int kept);

/// Makes what `from` has to do with others another walker's, who may have to do with them already.
void hand_over(storage::Connection& connection, WalkerId from, WalkerId to);
/// Drops up to a transaction's worth of a walker's rows, on both sides. Whether none is left.
bool drop_some_of(storage::Connection& connection, WalkerId walker);

}  // namespace dontgoback::walk::friends
