#include "authentication/assertion.hpp"

#include <algorithm>

#include "dontgoback/security/jose/jws.hpp"
#include "dontgoback/security/jose/public_key.hpp"

namespace dontgoback::auth {
namespace {

using How = AuthenticationFailure::How;

constexpr std::size_t kLongestJti = 256;

/// Nothing: the client has signed it. Null client: there is none, and where a `kid` is named it is unknown, as it would
/// be if there were one.
std::optional<How> why_unsigned(const Client* client, const security::ParsedJws& jws) {
  auto how = jws.kid.empty() ? How::not_signed : How::unknown_kid;
  if (client == nullptr) return how;
  for (const auto& key : client->keys) {
    if (!jws.kid.empty() && key.kid() != jws.kid) continue;
    if (key.algorithm() != jws.algorithm) {
      if (how == How::unknown_kid) how = How::other_algorithm;
    } else if (key.verify(jws.signing_input, jws.signature)) {
      return std::nullopt;
    } else {
      how = How::not_signed;
    }
  }
  return how;
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
  if (!jws) return {std::nullopt, How::not_signed};
  if (const auto how = why_unsigned(client, *jws)) return {std::nullopt, *how};
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
  const auto earliest = claims.expires_at - kOldest;
  if (!claims.issued_at && earliest > now + leeway_) return failed(How::expires_late_undated);
  const auto issued_at = claims.issued_at.value_or(
      std::max<std::chrono::sys_seconds>(earliest, claims.not_before.value_or(std::chrono::sys_seconds::min())));
  if (issued_at + kOldest + leeway_ <= now) return failed(How::issued_early, this_second - issued_at);
  if (claims.not_before && *claims.not_before > now + leeway_) {
    return failed(How::valid_ahead, *claims.not_before - this_second);
  }
  if (issued_at > now + leeway_) return failed(How::issued_ahead, issued_at - this_second);
  if (memory_.predated_by(issued_at)) {
    return failed(claims.issued_at ? How::before_start : How::perhaps_before_start,
                  std::chrono::floor<std::chrono::seconds>(memory_.started()) - issued_at);
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
