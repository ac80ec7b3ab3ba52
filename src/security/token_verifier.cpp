#include "dontgoback/security/token_verifier.hpp"

#include <algorithm>
#include <cctype>

#include "claims.hpp"
#include "token_cache.hpp"

namespace dontgoback::security {
namespace {

constexpr Failure kBadToken{FailureKind::unauthenticated,
                            {"유효하지 않은 인증 토큰입니다.", "The access token is not valid."}};
constexpr Failure kNoKeys{FailureKind::unavailable,
                          {"인증 서버에 연결할 수 없습니다. 잠시 후 다시 시도해 주세요.",
                           "The auth server cannot be reached. Please try again."}};

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

/// `application/` may be left out (RFC 7515 section 4.1.9).
bool is_type(std::string_view typ, std::string_view expected) {
  static constexpr std::string_view kPrefix = "application/";
  if (equal_ignoring_case(typ.substr(0, kPrefix.size()), kPrefix)) typ.remove_prefix(kPrefix.size());
  return equal_ignoring_case(typ, expected);
}

using Keys = ports::VerificationKeys::Set;

/// Whether the key the token names signed it; a token that names none may be of any.
bool signed_by(const Keys& keys, const ParsedJws& token) {
  return std::any_of(keys.begin(), keys.end(), [&](const PublicKey& key) {
    return (token.kid.empty() || key.kid() == token.kid) && key.algorithm() == token.algorithm &&
           key.verify(token.signing_input, token.signature);
  });
}

bool has_key_for(const Keys& keys, const ParsedJws& token) {
  return std::any_of(keys.begin(), keys.end(), [&](const PublicKey& key) { return key.kid() == token.kid; });
}

}  // namespace

struct TokenVerifier::Impl {
  std::shared_ptr<ports::VerificationKeys> keys;
  Expectations expected;
  const time::Clock& clock;
  TokenCache cache;

  bool expired(const Claims& claims) const { return clock.now() >= claims.expires_at + expected.leeway; }

  /// A token of a first-release auth server.
  bool is_legacy(const ParsedJws& token) const {
    return expected.accept_legacy && token.kid.empty() && (token.typ.empty() || equal_ignoring_case(token.typ, "JWT"));
  }

  /// The set of keys that verifies the token, or null.
  std::shared_ptr<const Keys> verified_by(const ParsedJws& token, std::shared_ptr<const Keys> known) const {
    if (signed_by(*known, token)) return known;
    // A named key that is there has spoken; else the issuer may have a new one.
    if (!token.kid.empty() && has_key_for(*known, token)) return nullptr;
    known = keys->refreshed();
    return known && signed_by(*known, token) ? known : nullptr;
  }

  bool as_expected(const ReadClaims& read, bool legacy) const {
    const auto latest_start = clock.now() + expected.leeway;
    const auto& aud = read.audience;
    return read.claims.issuer == expected.issuer && !expired(read.claims) && read.claims.issued_at <= latest_start &&
           (!read.not_before || *read.not_before <= latest_start) &&
           ((legacy && aud.empty()) || std::find(aud.begin(), aud.end(), expected.audience) != aud.end());
  }
};

TokenVerifier::TokenVerifier(std::shared_ptr<ports::VerificationKeys> keys, Expectations expectations,
                             const time::Clock& clock)
    : impl_(new Impl{std::move(keys), std::move(expectations), clock, {}}) {}

TokenVerifier::~TokenVerifier() = default;

Result<std::shared_ptr<const Claims>> TokenVerifier::verify(std::string_view token) const {
  const auto known = impl_->keys->current();
  if (!known) return kNoKeys;
  if (auto remembered = impl_->cache.find(token, known)) {
    if (impl_->expired(*remembered)) return kBadToken;
    return remembered;
  }

  const auto parsed = parse_jws(token);
  if (!parsed) return kBadToken;
  const bool legacy = impl_->is_legacy(*parsed);
  if (!legacy && (parsed->kid.empty() || !is_type(parsed->typ, impl_->expected.typ))) return kBadToken;
  auto keys = impl_->verified_by(*parsed, known);
  if (!keys) return kBadToken;
  auto read = read_claims(parsed->payload);
  if (!read || !impl_->as_expected(*read, legacy)) return kBadToken;
  if (legacy && !read->has_scope) read->claims.scopes = {"*"};

  std::shared_ptr<const Claims> claims = std::make_shared<Claims>(std::move(read->claims));
  impl_->cache.remember(token, std::move(keys), claims);
  return claims;
}

}  // namespace dontgoback::security
