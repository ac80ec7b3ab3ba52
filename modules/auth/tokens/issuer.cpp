#include "tokens/issuer.hpp"

#include "dontgoback/json/writer.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/crypto/random_bytes.hpp"
#include "dontgoback/security/jose/signing_key.hpp"
#include "keys/timeline.hpp"

namespace dontgoback::auth {

namespace {

constexpr Failure kDeniedYet{FailureKind::unavailable,
                             {"이 클라이언트의 토큰은 방금 회수되었습니다. 잠시 후 다시 시도해 주세요.",
                              "tokens of this client were taken back just now; try again in a second"}};

std::string claims_of(std::string_view issuer_url, const Grant& grant, std::string_view jti, time::Timestamp moment) {
  const auto now = std::chrono::floor<std::chrono::seconds>(moment);
  const auto seconds = [](auto when) { return static_cast<std::int64_t>(when.time_since_epoch().count()); };
  std::string claims;
  claims.reserve(512);
  json::Writer writer(claims);
  writer.begin_object();
  writer.field("iss", issuer_url);
  writer.field("sub", grant.client_id);
  writer.field("client_id", grant.client_id);
  writer.field("aud", grant.audience);
  writer.field("iat", seconds(now));
  writer.field("exp", seconds(now + kTokenLifetime));
  writer.field("jti", jti);
  if (!grant.scopes.empty()) writer.field("scope", grant.scopes);
  if (!grant.confirmation.empty()) {
    writer.key("cnf");
    writer.begin_object();
    writer.field("jkt", grant.confirmation);
    writer.end_object();
  }
  writer.end_object();
  return claims;
}

/// A `jti` of 16 random bytes. Each thread takes the bytes for many at once: asking the system for them at every token
/// would cost as much as the rest of this file.
std::string make_jti() {
  constexpr std::size_t kBytes = 16;
  constexpr std::size_t kAtOnce = 32 * kBytes;
  thread_local std::string taken;
  thread_local std::size_t used = kAtOnce;
  if (used == kAtOnce) {
    taken = security::random_bytes(kAtOnce);
    used = 0;
  }
  const auto bytes = std::string_view(taken).substr(used, kBytes);
  used += kBytes;
  return security::base64url_encode(bytes);
}

}  // namespace

std::size_t largest_token_of(const Client& client, std::string_view issuer_url) {
  std::string_view audience = kDefaultAudience;
  for (const auto& other : client.audiences) {
    if (other.size() > audience.size()) audience = other;
  }
  const auto base64url_size = [](std::size_t bytes) { return (bytes * 4 + 2) / 3; };
  const auto scopes = joined(client.scopes);
  const std::string digest(base64url_size(sizeof(security::Digest)), 'x');  // a thumbprint, as kid and jkt are
  const auto header = R"({"alg":"RS256","kid":"","typ":"at+jwt"})" + digest;
  const auto claims = claims_of(issuer_url, {client.id, scopes, audience, digest}, make_jti(),
                                time::Timestamp(std::chrono::seconds(9'999'999'999)));
  return base64url_size(header.size()) + 1 + base64url_size(claims.size()) + 1 + base64url_size(2048 / 8);
}

std::string Issuer::issue(const security::SigningKey& key, const Grant& grant) const {
  return key.sign("at+jwt", claims_of(url_, grant, make_jti(), clock_.now()));
}

Result<std::string> Issuer::issue(const Snapshot& snapshot, const Grant& grant) const {
  const auto now = clock_.now();
  const auto denied = snapshot.denied()->client_denied_until(grant.client_id);
  if (denied && std::chrono::floor<std::chrono::seconds>(now) <= *denied) return kDeniedYet;
  return issue(snapshot.signing_key(now), grant);
}

}  // namespace dontgoback::auth
