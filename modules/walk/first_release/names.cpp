#include "names.hpp"

#include "store.hpp"

namespace dontgoback::walk::first_release {
namespace {

constexpr Failure kNobody{
    FailureKind::unauthenticated,
    {"그런 userId를 가진 사람이 없습니다.", "Nobody has this userId, or the access token is not good."}};

}  // namespace

Result<rpc::Calls::Caller> CalledNames::holder_of(const std::string& credential) const {
  const auto uuid = walkers::parse_uuid(credential);
  const auto secret = uuid ? std::optional(Secret{*uuid}) : service_.secret_in(credential);
  const auto walker = secret ? service_.find(*secret) : std::nullopt;
  if (!walker) return kNobody;
  service_.touch(*walker);
  return rpc::Calls::Caller{walker->id, to_string(secret->uuid)};
}

std::optional<rpc::Names::Named> CalledNames::find(storage::Connection& connection, WalkerId caller,
                                                   const std::string& text) const {
  const auto uuid = walkers::parse_uuid(text);
  if (!uuid) return std::nullopt;
  auto row = find_by_public(connection, *uuid);
  if (!row) {  // of secrets it knows its own
    row = find_by_secret(connection, tokens_.stored_form({*uuid}));
    if (!row || row->id != caller) return std::nullopt;
  }
  auto walker = walkers::find(connection, row->id);
  if (!walker || walker->status != walkers::Status::active) return std::nullopt;
  return Named{std::move(*walker), to_string(*uuid)};
}

std::vector<rpc::Names::Friend> CalledNames::friends_of(storage::Connection& connection, WalkerId caller) const {
  std::vector<rpc::Names::Friend> found;
  for (const auto& each : first_release::friends_of(connection, caller)) {
    found.push_back({each.id, to_string(each.public_uuid), each.shares_steps});
  }
  return found;
}

}  // namespace dontgoback::walk::first_release
