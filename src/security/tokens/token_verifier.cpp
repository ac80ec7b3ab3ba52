#include "dontgoback/security/tokens/token_verifier.hpp"

#include <algorithm>
#include <utility>

#include "dontgoback/security/jose/jws.hpp"
#include "dontgoback/security/jose/media_type.hpp"
#include "dontgoback/security/jose/public_key.hpp"
#include "dontgoback/security/tokens/skew.hpp"
#include "tokens/token_cache.hpp"

namespace dontgoback::security {
namespace {

constexpr Failure kNoKeys{FailureKind::unavailable,
                          {"인증 서버에 연결할 수 없습니다. 잠시 후 다시 시도해 주세요.",
                           "The auth server cannot be reached. Please try again."}};
using Keys = VerificationKeys::Set;

/// The key that signed the token: the one it names, or any when it names none. Null when it is none of these.
const PublicKey* signer_of(const Keys& keys, const ParsedJws& token) {
  const auto signer = std::find_if(keys.begin(), keys.end(), [&](const PublicKey& key) {
    return (token.kid.empty() || key.kid() == token.kid) && key.algorithm() == token.algorithm &&
           key.verify(token.signing_input, token.signature);
  });
  return signer == keys.end() ? nullptr : &*signer;
}

bool has_key_for(const Keys& keys, const ParsedJws& token) {
  return std::any_of(keys.begin(), keys.end(), [&](const PublicKey& key) { return key.kid() == token.kid; });
}

}  // namespace

struct TokenVerifier::Impl {
  std::shared_ptr<VerificationKeys> keys;
  Expectations expected;
  const time::Clock& clock;
  TokenCache cache;

  /// A token of a first-release auth server.
  bool is_legacy(const ParsedJws& token) const {
    return expected.accept_legacy && token.kid.empty() && (token.typ.empty() || is_media_type(token.typ, "JWT"));
  }

  struct Signer {
    std::shared_ptr<const Keys> keys;
    const PublicKey* key;  ///< of these keys; null: none of them
  };
  Signer signer(const ParsedJws& token, std::shared_ptr<const Keys> known) const {
    const auto* key = signer_of(*known, token);
    // A named key that is there has spoken; else the issuer may have a new one.
    if (key != nullptr || (!token.kid.empty() && has_key_for(*known, token))) return {std::move(known), key};
    auto newest = keys->refreshed();
    key = newest ? signer_of(*newest, token) : nullptr;
    return {std::move(newest), key};
  }

  /// What is wrong now with claims that were good once; empty: nothing.
  std::string spoilt(const Claims& claims, time::Timestamp now) const {
    if (now >= claims.expires_at + expected.leeway) {
      const auto ago = std::chrono::floor<std::chrono::seconds>(now) - claims.expires_at;
      return "the token ended " + std::to_string(ago.count()) + " s ago (" + std::to_string(expected.leeway.count()) +
             " s are borne)";
    }
    return {};
  }

  bool is_expected_issuer(const std::string& issuer) const {
    return issuer == expected.issuer || (!expected.also_issuer.empty() && issuer == expected.also_issuer);
  }

  /// What is not as expected; empty: nothing.
  std::string unexpected(const ReadClaims& read, bool legacy, time::Timestamp now) const {
    const auto& aud = read.audience;
    if (!is_expected_issuer(read.claims.issuer)) return "iss is not the issuer whose tokens are taken here";
    const bool any_audience = expected.audience.empty() || (legacy && aud.empty());
    if (!any_audience && std::find(aud.begin(), aud.end(), expected.audience) == aud.end()) {
      return "aud does not name this service";
    }
    for (const auto& [claim, moment] :
         {std::pair{"iat", std::optional(read.claims.issued_at)}, {"nbf", read.not_before}}) {
      if (!moment || *moment <= now) continue;
      if (auto measured = skew(claim, *moment, now, expected.leeway)) return *measured;
    }
    return {};
  }

  struct Judgement {
    std::shared_ptr<const Claims> claims;  ///< null: refused
    TokenRefusal refusal;

    static Judgement refused(std::string why, std::string foreign_issuer = {}) {
      return {nullptr, {std::move(why), std::move(foreign_issuer)}};
    }
  };
  Judgement judge(std::string_view token, std::shared_ptr<const Keys> known) {
    const auto now = clock.now();
    if (auto remembered = cache.find(token, known)) {
      auto why = spoilt(*remembered, now);
      if (!why.empty()) remembered = nullptr;
      return {std::move(remembered), {std::move(why), {}}};
    }
    const auto parsed = parse_jws(token);
    if (!parsed) return Judgement::refused("the token is no JWS signed with RS256 or ES256");
    const bool legacy = is_legacy(*parsed);
    if (!legacy && parsed->kid.empty()) return Judgement::refused("the token does not name its key (kid)");
    if (!legacy && !is_media_type(parsed->typ, expected.typ))
      return Judgement::refused("typ of the token is not " + expected.typ);
    auto [keys_then, key] = signer(*parsed, std::move(known));
    if (key == nullptr) return Judgement::refused("the token is not signed with a key of its issuer");
    auto read = read_claims(parsed->payload);
    if (!read) return Judgement::refused("iss, sub, exp or iat of the token is missing, or a claim has the wrong type");
    read->claims.kid = key->kid();
    if (legacy && !read->has_scope) read->claims.scopes = {"*"};
    auto why = unexpected(*read, legacy, now);
    if (why.empty()) why = spoilt(read->claims, now);
    if (!why.empty()) {
      const bool foreign = !is_expected_issuer(read->claims.issuer);
      return Judgement::refused(std::move(why), foreign ? std::move(read->claims.issuer) : std::string());
    }
    std::shared_ptr<const Claims> claims = std::make_shared<Claims>(std::move(read->claims));
    cache.remember(token, std::move(keys_then), claims);
    return {std::move(claims), {}};
  }
};

TokenVerifier::TokenVerifier(std::shared_ptr<VerificationKeys> keys, Expectations expectations,
                             const time::Clock& clock)
    : impl_(new Impl{std::move(keys), std::move(expectations), clock, {}}) {}

TokenVerifier::~TokenVerifier() = default;

Result<std::shared_ptr<const Claims>> TokenVerifier::verify(std::string_view token, TokenRefusal* refusal) const {
  auto known = impl_->keys->current();
  if (!known) return kNoKeys;
  auto judgement = impl_->judge(token, std::move(known));
  if (judgement.claims) return std::move(judgement.claims);
  if (refusal != nullptr) *refusal = std::move(judgement.refusal);
  return kBadToken;
}

}  // namespace dontgoback::security
