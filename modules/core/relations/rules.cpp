#include "rules.hpp"

#include <algorithm>

#include "store.hpp"

namespace dontgoback::core::relations {
namespace {

constexpr Failure kOneself{FailureKind::invalid, {"자기 자신에게는 할 수 없습니다.", "That is yourself."}};
constexpr Failure kTooMany{FailureKind::invalid,
                           {"1000명까지 할 수 있습니다. 목록에서 먼저 해제해 주세요.",
                            "There can be 1000 of them; take somebody off the list first."}};

/// Nobody else holds one of the accounts: what the one does to the other at this moment, for which it holds its own, is
/// done before and forgotten, or waits and finds the block. In order of their ids: two who block each other wait, and
/// are not undone.
void lock_both(storage::Connection& connection, UserId user, UserId other) {
  accounts::lock_account(connection, std::min(user, other));
  accounts::lock_account(connection, std::max(user, other));
}

/// Nothing: `kind` is still to be added.
std::optional<Result<Done>> settled(storage::Connection& connection, const TurningAway& turning, Kind kind) {
  if (turning.user == turning.other) return kOneself;
  lock_both(connection, turning.user, turning.other);
  if (has(connection, turning.user, turning.other, kind)) return Done{};
  // Whoever is blocked is told what is told of nobody, unless its own block says as much.
  if (!accounts::find_profile(connection, turning.other) ||
      (has(connection, turning.user, turning.other, Kind::blocked_by) &&
       !has(connection, turning.user, turning.other, Kind::blocks))) {
    return accounts::kNoUser;
  }
  if (count(connection, turning.user, kind, kMostRelated) >= kMostRelated) return kTooMany;
  return std::nullopt;
}

Result<Done> was_none(storage::Connection& connection, UserId user, UserId other) {
  if (!accounts::find_profile(connection, other) || are_apart(connection, user, other)) return accounts::kNoUser;
  return Done{};
}

}  // namespace

Result<Done> block(storage::Connection& connection, const Listeners& listeners, const TurningAway& turning) {
  if (auto result = settled(connection, turning, Kind::blocks)) return *result;
  add(connection, turning.user, turning.other, Kind::blocks, turning.now);
  add(connection, turning.other, turning.user, Kind::blocked_by, turning.now);
  for (const auto* listener : listeners) {
    listener->turned_away(connection, turning.user, turning.other);
    listener->turned_away(connection, turning.other, turning.user);
  }
  return Done{};
}

Result<Done> mute(storage::Connection& connection, const Listeners& listeners, const TurningAway& turning) {
  if (auto result = settled(connection, turning, Kind::mutes)) return *result;
  add(connection, turning.user, turning.other, Kind::mutes, turning.now);
  for (const auto* listener : listeners) listener->turned_away(connection, turning.user, turning.other);
  return Done{};
}

Result<Done> unblock(storage::Connection& connection, UserId user, UserId other) {
  if (!has(connection, user, other, Kind::blocks)) return was_none(connection, user, other);
  drop(connection, user, other, Kind::blocks);
  drop(connection, other, user, Kind::blocked_by);
  return Done{};
}

Result<Done> unmute(storage::Connection& connection, UserId user, UserId other) {
  if (!has(connection, user, other, Kind::mutes)) return was_none(connection, user, other);
  drop(connection, user, other, Kind::mutes);
  return Done{};
}

namespace {

std::string lines(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text.append(text.empty() ? "" : "\n").append(word);
  return text;
}

}  // namespace

void hide_words(storage::Connection& connection, UserId user, const HiddenWords& words) {
  if (!accounts::hold_account(connection, user)) return;  // gone meanwhile
  if (words.written.empty()) {
    drop_words(connection, user);
  } else {
    set_words(connection, user, {lines(words.written), lines(words.folded)});
  }
}

std::vector<std::string> hidden_words(storage::Connection& connection, UserId user) {
  std::vector<std::string> words;
  const auto stored = find_words(connection, user);
  if (!stored) return words;
  std::string_view rest = stored->written;
  while (!rest.empty()) {
    const auto end = std::min(rest.find('\n'), rest.size());
    words.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return words;
}

}  // namespace dontgoback::core::relations
