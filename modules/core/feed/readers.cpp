#include "readers.hpp"

#include <utility>

#include "keeping.hpp"
#include "own_words.hpp"

namespace dontgoback::core::feed {
namespace {

std::shared_ptr<const TurnedAway> read(storage::Connection& connection, UserId user) {
  auto away = std::make_shared<TurnedAway>();
  away->words = relations::WordFilter(relations::folded_words(connection, user));
  away->people = relations::turned_away(connection, user, Readers::kMostPeople + 1);
  away->posts = hidden_posts(connection, user, PostId{}, kMostHidden + 1);
  if (away->people.size() > Readers::kMostPeople || away->posts.size() > kMostHidden) {
    away->is_too_much = true;
    away->people = {};
    away->posts = {};
  }
  return away;
}

/// About; with what the tables have of it.
std::size_t bytes_of(const TurnedAway& away) {
  return 256 + sizeof away + (away.people.capacity() + away.posts.capacity()) * sizeof(std::int64_t) +
         away.words.bytes();
}

}  // namespace

Reader Readers::find(storage::Connection& connection, UserId user) const {
  const auto version = relations::find_version(connection, user);
  if (!version) return {user, nullptr};
  if (auto away = known(user, *version)) return {user, std::move(away)};
  auto away = read(connection, user);
  // Statements see different states. Where something changed between them, each has what was there or later, which is
  // right for this page; but together they are of no version.
  if (relations::find_version(connection, user) == version) remember(user, *version, away);
  return {user, std::move(away)};
}

std::size_t Readers::remembered() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

std::shared_ptr<const TurnedAway> Readers::known(UserId user, relations::Version version) const {
  const std::lock_guard lock(mutex_);
  const auto found = by_user_.find(user.value);
  if (found == by_user_.end() || found->second->version != version) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->away;
}

void Readers::remember(UserId user, relations::Version version, std::shared_ptr<const TurnedAway> away) const {
  const auto bytes = bytes_of(*away);
  const std::lock_guard lock(mutex_);
  if (const auto found = by_user_.find(user.value); found != by_user_.end()) forget(found->second);
  entries_.push_front({user, version, std::move(away), bytes});
  by_user_.emplace(user.value, entries_.begin());
  bytes_ += bytes;
  while (bytes_ > kMostBytes && entries_.size() > 1) forget(std::prev(entries_.end()));
}

void Readers::forget(Entries::iterator entry) const {
  bytes_ -= entry->bytes;
  by_user_.erase(entry->user.value);
  entries_.erase(entry);
}

}  // namespace dontgoback::core::feed
