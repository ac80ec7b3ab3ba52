#include "identities.hpp"

#include <algorithm>

#include "dontgoback/http/error.hpp"
#include "identity_store.hpp"
#include "revocations.hpp"
#include "sign_in.hpp"

namespace dontgoback::core::sign_in {
namespace {

constexpr Failure kNoIdentity{FailureKind::not_found,
                              {"연결된 로그인 수단을 찾을 수 없습니다.", "There is no such way to sign in."}};
constexpr Failure kLastWayIn{FailureKind::conflict,
                             {"마지막 로그인 수단은 해제할 수 없습니다. 다른 수단을 먼저 연결해 주세요.",
                              "This is the last way to sign in. Add another one first."}};

}  // namespace

Linking link_identity(storage::Connection& connection, UserId user, const Person& person, std::string_view provider,
                      const std::optional<std::string>& token, time::Timestamp now) {
  if (const auto holder = holder_of(connection, person)) {
    if (*holder != user) return Linking::elsewhere;
    keep_token(connection, person, token);
    return Linking::already;
  }
  // Another node may have been faster.
  return add_identity(connection, user, {0, person, std::string(provider), now, token}) ? Linking::done
                                                                                        : Linking::elsewhere;
}

void unlink_identity(storage::Connection& connection, const accounts::WaysIn& ways_in, UserId user,
                     std::int64_t identity) {
  accounts::lock_account(connection, user);  // of two at once the second sees what the first has left
  const auto all = identities_of(connection, user);
  const auto found = std::ranges::find(all, identity, &LinkedIdentity::id);
  if (found == all.end()) throw http::Error(kNoIdentity);
  delete_identity(connection, identity);
  if (!ways_in.any(connection, user)) throw http::Error(kLastWayIn);
  add_revocation(connection, *found);
}

void delete_identities_of(storage::Connection& connection, UserId user) {
  for (const auto& each : identities_of(connection, user)) add_revocation(connection, each);
  delete_all_identities_of(connection, user);
}

std::optional<UserId> member_by(storage::Connection& connection, const ports::Identity& identity) {
  return holder_of(connection, {identity.issuer, identity.subject});
}

std::vector<ports::Identity> identities_at_providers(storage::Connection& connection, UserId user) {
  std::vector<ports::Identity> found;
  for (auto& each : identities_of(connection, user)) {
    found.push_back({std::move(each.person.issuer), std::move(each.person.subject)});
  }
  return found;
}

accounts::WaysIn::Has signs_in_by(const std::vector<ProviderSettings>& providers) {
  std::vector<std::string> issuers;
  std::ranges::transform(providers, std::back_inserter(issuers), &ProviderSettings::issuer);
  return [issuers = std::move(issuers)](storage::Connection& connection, UserId user) {
    return std::ranges::any_of(identities_of(connection, user), [&issuers](const LinkedIdentity& each) {
      return std::ranges::find(issuers, each.person.issuer) != issuers.end();
    });
  };
}

}  // namespace dontgoback::core::sign_in
