#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "relations.hpp"

// SQL of relations, hidden_words and turned_away: who changes one of the first two changes the last, too.
namespace dontgoback::core::relations {

bool has(storage::Connection& connection, UserId user, UserId other, Kind kind);
void add(storage::Connection& connection, UserId user, UserId other, Kind kind, time::Timestamp now);
void drop(storage::Connection& connection, UserId user, UserId other, Kind kind);
/// How many an account has of a kind, up to `most`.
std::int64_t count(storage::Connection& connection, UserId user, Kind kind, int most);

/// One a line, both in the same order.
struct StoredWords {
  std::string written, folded;
};
std::optional<StoredWords> find_words(storage::Connection& connection, UserId user);
void set_words(storage::Connection& connection, UserId user, const StoredWords& words);
void drop_words(storage::Connection& connection, UserId user);
/// Of who goes, and has turned nothing away any more.
void drop_version(storage::Connection& connection, UserId user);

/// Makes the relations of one account, on both sides of each, another's, who may have them already.
void hand_over(storage::Connection& connection, UserId from, UserId to);
/// Drops up to a transaction's worth of an account's relations, on both sides. Whether none is left.
bool drop_some_of(storage::Connection& connection, UserId user);

}  // namespace dontgoback::core::relations
