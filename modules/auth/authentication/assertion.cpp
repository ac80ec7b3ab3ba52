#include "authentication/assertion.hpp"

#include <algorithm>

#include "dontgoback/security/jose/jws.hpp"
#include "dontgoback/security/jose/public_key.hpp"

namespace dontgoback::auth {
namespace {

using How = AuthenticationFailure::How;

constexpr std::size_t kLongestJti = 256;

bool signed_by(const Client& client, const security::ParsedJws& jws) {
  return std::any_of(client.keys.begin(), client.keys.end(), [&](const security::PublicKey& key) {
    return (jws.kid.empty() || key.kid() == jws.kid) && key.algorithm() == jws.algorithm &&
           key.verify(jws.signing_input, jws.signature);
  });
}

}  // namespace

std::string claimed_client(std::string_view assertion) {
  const auto jws = security::parse_jws(assertion);
  if (!jws) return {};
  const auto claims = read_assertion_claims(jws->payload);
  return claims && is_client_id(claims->subject) ? claims->subject : std::string();
}

AssertionVerifier::AssertionVerifier(std::vector<std::string> audiences, std::chrono::seconds leeway,
                                     ReplayMemory& memory, const time::Clock& clock)
    : audiences_(std::move(audiences)), leeway_(leeway), memory_(memory), clock_(clock) {}

SignedClaims AssertionVerifier::signed_claims(const Client* client, std::string_view assertion) {
  // Whether there is such a client, and whether it has keys, is nobody's business.
  const auto jws = security::parse_jws(assertion);
  if (client == nullptr || !jws || !signed_by(*client, *jws)) return {std::nullopt, How::not_signed};
  return {read_assertion_claims(jws->payload), How::claims_missing};
}

std::optional<AuthenticationFailure> AssertionVerifier::take(const Client& client,
                                                             const AssertionClaims& claims) const {
  if (claims.issuer != client.id || claims.subject != client.id) return failed(How::other_client);
  const bool for_us = std::any_of(claims.audience.begin(), claims.audience.end(), [this](const std::string& audience) {
    return std::find(audiences_.begin(), audiences_.end(), audience) != audiences_.end();
  });
  if (!for_us) return failed(How::other_audience);

  const auto now = clock_.now();
  const auto this_second = std::chrono::floor<std::chrono::seconds>(now);
  if (now >= claims.expires_at + leeway_) {
    return failed(How::expired, std::chrono::ceil<std::chrono::seconds>(now - claims.expires_at));
  }
  if (claims.expires_at > now + kLongestLife + leeway_) return failed(How::expires_late);
  const auto issued_at = claims.issued_at.value_or(claims.expires_at - kOldest);
  if (!claims.issued_at && issued_at > now + leeway_) return failed(How::expires_late_undated);
  if (issued_at + kOldest + leeway_ <= now) return failed(How::issued_early, this_second - issued_at);
  if (issued_at > now + leeway_) return failed(How::issued_ahead, issued_at - this_second);
  if (claims.not_before && *claims.not_before > now + leeway_) {
    return failed(How::valid_ahead, *claims.not_before - this_second);
  }
  if (memory_.predated_by(issued_at)) {
    return failed(claims.issued_at ? How::before_start : How::perhaps_before_start);
  }
  if (claims.jti.empty() || claims.jti.size() > kLongestJti) return failed(How::no_jti);
  const auto taken_until = std::min(claims.expires_at, issued_at + std::chrono::seconds(kOldest)) + leeway_;
  switch (memory_.use(client.id, "assertion\n" + client.id + '\n' + claims.jti, taken_until)) {
    case ReplayMemory::Outcome::first:
      return std::nullopt;
    case ReplayMemory::Outcome::again:
      return failed(How::used_before);
    case ReplayMemory::Outcome::full:
      break;
  }
  return failed(How::busy);
}

}  // namespace dontgoback::auth
