#include "names.hpp"

#include <boost/describe.hpp>
#include <utility>

#include "dontgoback/json/reader.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "friends/friends.hpp"

namespace dontgoback::walk::rpc {
namespace {

constexpr Failure kNoToken{FailureKind::unauthenticated, {"로그인이 필요합니다.", "The access token is not good."}};

struct PublicClaims {
  std::string userUuid;
};
BOOST_DESCRIBE_STRUCT(PublicClaims, (), (userUuid))

// The walker's UUID in a token that has been found good.
std::optional<std::string> uuid_in(std::string_view token) {
  const auto first = token.find('.');
  if (first == std::string_view::npos) return std::nullopt;
  const auto second = token.find('.', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const auto payload = security::base64url_decode(token.substr(first + 1, second - first - 1));
  if (!payload) return std::nullopt;
  auto claims = json::read<PublicClaims>(*payload);
  if (!claims) return std::nullopt;
  return std::move(claims->userUuid);
}

}  // namespace

Result<Calls::Caller> SignedIn::holder_of(const std::string& access_token) const {
  const auto identity = walkers_.holder_of(access_token);
  if (!identity) return identity.failure();
  auto uuid = uuid_in(access_token);
  if (!uuid) return kNoToken;
  return Calls::Caller{identity->walker, std::move(*uuid)};
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
