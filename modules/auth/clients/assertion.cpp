#include "clients/assertion.hpp"

#include <algorithm>

#include "dontgoback/security/jose/jws.hpp"
#include "dontgoback/security/tokens/claims.hpp"
#include "dontgoback/security/tokens/proof.hpp"
#include "endpoints/refusal.hpp"

namespace dontgoback::auth {
namespace {

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
  const auto claims = security::read_assertion_claims(jws->payload);
  return claims && is_client_id(claims->subject) ? claims->subject : std::string();
}

AssertionVerifier::AssertionVerifier(std::vector<std::string> audiences, std::chrono::seconds leeway,
                                     security::ReplayMemory& memory, const time::Clock& clock)
    : audiences_(std::move(audiences)), leeway_(leeway), memory_(memory), clock_(clock) {}

security::AssertionClaims AssertionVerifier::signed_claims(const Client& client, std::string_view assertion) {
  const auto jws = security::parse_jws(assertion);
  if (!jws || !signed_by(client, *jws)) throw invalid_client("the client assertion's signature is not good");
  auto claims = security::read_assertion_claims(jws->payload);
  if (!claims) throw invalid_client("the client assertion must have iss, sub, aud, exp and jti");
  return std::move(*claims);
}

void AssertionVerifier::take(const Client& client, const security::AssertionClaims& claims) const {
  if (claims.issuer != client.id || claims.subject != client.id) {
    throw invalid_client("iss and sub of the client assertion must be the client's id");
  }
  const bool for_us = std::any_of(claims.audience.begin(), claims.audience.end(), [this](const std::string& audience) {
    return std::find(audiences_.begin(), audiences_.end(), audience) != audiences_.end();
  });
  if (!for_us) throw invalid_client("aud of the client assertion must be the issuer or the token endpoint");

  const auto now = clock_.now();
  const auto description = [](const std::string& what) { return "the client assertion's " + what; };
  if (now >= claims.expires_at + leeway_) {
    const auto late = std::chrono::ceil<std::chrono::seconds>(now - claims.expires_at);
    throw invalid_client(description("exp was " + std::to_string(late.count()) + " s ago by this server's clock (" +
                                     std::to_string(leeway_.count()) + " s are borne)"));
  }
  if (claims.expires_at > now + kLongestLife + leeway_) {
    throw invalid_client(description("exp must be at most an hour ahead"));
  }
  const auto issued_at = claims.issued_at.value_or(claims.expires_at - kOldest);
  if (!claims.issued_at && issued_at > now + leeway_) {
    throw invalid_client(description("exp must be at most 10 minutes ahead where there is no iat"));
  }
  if (issued_at + kOldest + leeway_ <= now) {
    const auto ago = std::chrono::floor<std::chrono::seconds>(now) - issued_at;
    throw invalid_client(description("iat was " + std::to_string(ago.count()) +
                                     " s ago; make a new one for each request (10 minutes are taken)"));
  }
  if (issued_at > now + leeway_) {
    throw invalid_client(description(security::skew("iat", issued_at, now, leeway_).value_or("iat is ahead")));
  }
  if (claims.not_before && *claims.not_before > now + leeway_) {
    throw invalid_client(description(security::skew("nbf", *claims.not_before, now, leeway_).value_or("nbf is ahead")));
  }
  if (memory_.predated_by(issued_at)) {
    throw invalid_client(claims.issued_at
                             ? "the client assertion is from before this server started; make a new one"
                             : "the client assertion may be from before this server started; make one with an iat");
  }
  if (claims.jti.empty() || claims.jti.size() > kLongestJti) {
    throw invalid_client("the client assertion must have a jti of at most 256 characters");
  }
  const auto taken_until = std::min(claims.expires_at, issued_at + std::chrono::seconds(kOldest)) + leeway_;
  switch (memory_.use(client.id, "assertion\n" + client.id + '\n' + claims.jti, taken_until)) {
    case security::ReplayMemory::Outcome::first:
      return;
    case security::ReplayMemory::Outcome::again:
      throw invalid_client("the client assertion was used before; make a new one for each request");
    case security::ReplayMemory::Outcome::full:
      throw try_again("too many client assertions at once");
  }
}

}  // namespace dontgoback::auth
