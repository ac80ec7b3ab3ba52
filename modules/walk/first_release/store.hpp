#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "walkers/walkers.hpp"

// SQL of first_release_walkers. Everything runs in the caller's transaction.
namespace dontgoback::walk::first_release {

struct Row {
  WalkerId id;
  walkers::Uuid public_uuid;
  time::Timestamp used_at;
};

/// `secret` is its stored form. Throws storage::DuplicateKey when it is there already.
void add(storage::Connection& connection, WalkerId id, std::string_view secret, time::Timestamp now);
std::optional<Row> find_by_secret(storage::Connection& connection, std::string_view secret);
std::optional<Row> find_by_public(storage::Connection& connection, const walkers::Uuid& uuid);
std::optional<Row> find(storage::Connection& connection, WalkerId id);
/// `folded` is the nickname as it is looked for.
std::optional<WalkerId> find_by_folded(storage::Connection& connection, std::string_view folded);
void remove(storage::Connection& connection, WalkerId id);

/// False: another one has it. Nothing: it has none.
bool set_folded(storage::Connection& connection, WalkerId id, const std::optional<std::string>& folded);
void set_used(storage::Connection& connection, WalkerId id, time::Timestamp now);

/// Which refresh tokens of a walker are how far.
struct Chain {
  std::int64_t serial = 0;         ///< of the token that nobody has used yet; 0: none is good
  time::Timestamp renewed_at;      ///< when the one before was first used, and it was issued
  time::Timestamp renewed_before;  ///< the same of the one before that
};
Chain chain_of(storage::Connection& connection, WalkerId id);
void set_chain(storage::Connection& connection, WalkerId id, const Chain& chain);

struct Friend {
  WalkerId id;
  walkers::Uuid public_uuid;
  bool shares_steps = false;
};
/// The friends that take part, by what they are known by outside.
std::vector<Friend> friends_of(storage::Connection& connection, WalkerId id);

/// Those last seen within the span, in order of when.
std::vector<Row> used_within(storage::Connection& connection, const time::Span& span, int limit);

}  // namespace dontgoback::walk::first_release
