#include "names.hpp"

#include <utility>

#include "friends/friends.hpp"

namespace dontgoback::walk::rpc {
namespace {

Result<Calls::Caller> caller_of(const Result<walkers::Holder>& holder) {
  if (!holder) return holder.failure();
  return Calls::Caller{holder->walker, to_string(holder->uuid)};
}

}  // namespace

Result<Calls::Caller> SignedIn::holder_of(const std::string& access_token) const {
  return caller_of(walkers_.holder_of(access_token));
}

std::optional<Result<Calls::Caller>> SignedIn::known_holder_of(const std::string& access_token) const {
  const auto holder = walkers_.known_holder_of(access_token);
  if (!holder) return std::nullopt;
  return caller_of(*holder);
}

std::optional<Names::Named> SignedIn::find(storage::Connection& connection, WalkerId, const std::string& text) const {
  const auto uuid = walkers::parse_uuid(text);
  auto walker = uuid ? walkers::find_by_uuid(connection, *uuid) : std::nullopt;
  if (!walker || walker->status != walkers::Status::active) return std::nullopt;
  return Named{std::move(*walker), to_string(*uuid)};
}

std::vector<Names::Friend> SignedIn::friends_of(storage::Connection& connection, WalkerId caller) const {
  std::vector<Friend> found;
  for (const auto& each : friends::known_friends_of(connection, caller)) {
    found.push_back({each.id, to_string(each.uuid), each.shares_steps});
  }
  return found;
}

}  // namespace dontgoback::walk::rpc
