// Tokens, claims and keys as they come from outside.
#include "dontgoback/identity/id_token.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/jose/jwks.hpp"
#include "dontgoback/security/jose/jws.hpp"
#include "dontgoback/security/jose/public_key.hpp"
#include "dontgoback/security/tokens/claims.hpp"
#include "fuzz.hpp"

using namespace dontgoback;
using dontgoback::fuzz::require;

namespace {

void parse_token(std::string_view text) {
  const auto token = security::parse_jws(text);
  if (!token) return;
  // One token, one text: the parts go back to exactly what was read.
  require(std::string(token->signing_input) + '.' + security::base64url_encode(token->signature) == text);
  require(token->signing_input.ends_with('.' + security::base64url_encode(token->payload)));
  security::read_claims(token->payload);
}

void read_claims(std::string_view text) {
  const auto read = security::read_claims(text);
  if (!read) return;
  // Whole seconds that can be reckoned with, whatever number was written.
  constexpr std::int64_t kYear10000 = 253'402'300'800;
  for (const auto moment : {read->claims.expires_at, read->claims.issued_at}) {
    const auto seconds = moment.time_since_epoch().count();
    require(seconds >= 0 && seconds < kYear10000);
  }
  for (const auto& scope : read->claims.scopes)
    require(!scope.empty() && scope != "*" && scope.find(' ') == std::string::npos);
}

void read_id_token(std::string_view text) {
  const identity::IdTokenRules rules{.issuers = {"https://accounts.example"}, .audiences = {"web", "phone"}};
  const auto [token, why] = identity::read_id_token(text, rules, identity::Nonce{"n"}, {});
  require(token.has_value() == why.empty());
  if (token) require(!token->subject.empty() && !token->client_id.empty());
}

void read_keys(std::string_view text) {
  const auto use = [](const security::PublicKey& key) {
    require(!key.kid().empty());
    require(!key.verify("input", "signature"));
  };
  if (const auto key = security::PublicKey::from_jwk(text)) use(*key);
  if (const auto key = security::PublicKey::from_der_base64(text)) use(*key);
  if (const auto keys = security::parse_jwks(text)) {
    for (const auto& key : *keys) use(key);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  parse_token(text);
  read_claims(text);
  read_id_token(text);
  read_keys(text);
  return 0;
}
