#include "dontgoback/identity/openid_provider.hpp"

#include <algorithm>
#include <boost/describe.hpp>
#include <mutex>
#include <utility>

#include "dontgoback/identity/key_set_document.hpp"
#include "dontgoback/json/reader.hpp"
#include "dontgoback/security/jose/jws.hpp"
#include "dontgoback/security/jose/media_type.hpp"
#include "dontgoback/security/jose/public_key.hpp"

namespace dontgoback::identity {
namespace {

constexpr std::chrono::hours kMetadataLife{1};
constexpr std::chrono::seconds kLookEvery{60};
constexpr std::string_view kWellKnown = "/.well-known/openid-configuration";

constexpr Failure kBadToken{
    FailureKind::unauthenticated,
    {"유효하지 않은 로그인 정보입니다. 다시 시도해 주세요.", "This sign-in is not valid. Please try again."}};
constexpr Failure kAway{FailureKind::unavailable,
                        {"로그인 서비스에 연결할 수 없습니다. 잠시 후 다시 시도해 주세요.",
                         "The sign-in service cannot be reached. Please try again."}};

// Members are named as on the wire.
struct Document {
  std::string issuer, jwks_uri;
  std::optional<std::string> authorization_endpoint, token_endpoint, userinfo_endpoint, revocation_endpoint;
  std::optional<std::vector<std::string>> token_endpoint_auth_methods_supported;
};
BOOST_DESCRIBE_STRUCT(Document, (),
                      (issuer, jwks_uri, authorization_endpoint, token_endpoint, userinfo_endpoint, revocation_endpoint,
                       token_endpoint_auth_methods_supported))

/// OpenID Connect Discovery 1.0 section 4.1: a trailing slash is left out.
std::string metadata_url(std::string issuer) {
  if (issuer.ends_with('/')) issuer.pop_back();
  return issuer.append(kWellKnown);
}

bool is_https(std::string_view url) { return url.starts_with("https://"); }

/// Whether everything in it is as safe as the issuer: what comes over plain http is anybody's.
bool as_safe_as(const std::string& issuer, const Document& document) {
  if (!is_https(issuer)) return true;
  const auto safe = [](const std::optional<std::string>& url) { return !url || is_https(*url); };
  return is_https(document.jwks_uri) && safe(document.authorization_endpoint) && safe(document.token_endpoint) &&
         safe(document.userinfo_endpoint) && safe(document.revocation_endpoint);
}

/// The key that signed the token: the one it names, or the only one there is (OpenID Connect Core 1.0 section 10.1).
/// Null when it is none of these.
const security::PublicKey* signer_of(const security::VerificationKeys::Set& keys, const security::ParsedJws& token) {
  const auto signer = std::find_if(keys.begin(), keys.end(), [&](const security::PublicKey& key) {
    return (token.kid.empty() ? keys.size() == 1 : key.kid() == token.kid) && key.algorithm() == token.algorithm &&
           key.verify(token.signing_input, token.signature);
  });
  return signer == keys.end() ? nullptr : &*signer;
}

bool names_known_key(const security::VerificationKeys::Set& keys, const security::ParsedJws& token) {
  return !token.kid.empty() &&
         std::any_of(keys.begin(), keys.end(), [&](const security::PublicKey& key) { return key.kid() == token.kid; });
}

OpenIdSettings with_issuer(OpenIdSettings settings) {
  auto& issuers = settings.rules.issuers;
  if (std::find(issuers.begin(), issuers.end(), settings.issuer) == issuers.end()) issuers.push_back(settings.issuer);
  return settings;
}

}  // namespace

struct OpenIdProvider::Impl {
  Impl(http::Client& http_client, const time::Clock& time_clock, OpenIdSettings given)
      : client(http_client),
        clock(time_clock),
        settings(with_issuer(std::move(given))),
        metadata_peer(client, "the sign-in metadata of " + settings.name, settings.option, "an OpenID Provider"),
        peer(client, "the sign-in keys of " + settings.name, settings.option, "an OpenID Provider"),
        document(client, peer),
        keys(
            "the sign-in of " + settings.name, [this](RemoteKeys::Moment end) { return look(end); }, clock) {}

  /// On the thread of `keys`.
  std::optional<FoundKeys> look(RemoteKeys::Moment end) {
    const auto before = metadata();
    if (!before) discover(end);
    // The keys before the metadata that is known already: one that hangs must not keep them from us.
    auto found = look_at_keys(end);
    const bool old = before && clock.steady() - *asked_for_metadata_at >= kMetadataLife;
    if (old || (before && !found)) discover(end);
    if (!found && metadata() != before) found = look_at_keys(end);
    return found;
  }

  std::optional<FoundKeys> look_at_keys(RemoteKeys::Moment end) {
    const auto known = metadata();
    if (!known) return std::nullopt;
    auto answer = document.look(known->jwks_uri, end);
    if (!answer.found && answer.status != 0 && answer.status != 200) {
      peer.answered_in_vain(known->jwks_uri, answer.status, "it does not show its keys; check " + settings.option);
    }
    return std::move(answer.found);
  }

  void discover(RemoteKeys::Moment end) {
    asked_for_metadata_at = clock.steady();
    const auto url = metadata_url(settings.issuer);
    const auto answer = get_document(client, metadata_peer, url, end);
    if (!answer) return;
    if (answer->status != 200) {
      return metadata_peer.answered_in_vain(url, answer->status,
                                            "it does not show its metadata; check " + settings.option);
    }
    auto read = json::read<Document>(answer->body);
    const auto& issuers = settings.rules.issuers;
    const bool its_own = read && std::find(issuers.begin(), issuers.end(), read->issuer) != issuers.end();
    if (!its_own || !as_safe_as(settings.issuer, *read)) return metadata_peer.not_understood(url);
    metadata_peer.answered();
    auto found = std::make_shared<const OpenIdMetadata>(
        OpenIdMetadata{std::move(read->authorization_endpoint).value_or(""),
                       std::move(read->token_endpoint).value_or(""), std::move(read->userinfo_endpoint).value_or(""),
                       std::move(read->revocation_endpoint).value_or(""), std::move(read->jwks_uri),
                       std::move(read->token_endpoint_auth_methods_supported).value_or(std::vector<std::string>())});
    const std::lock_guard lock(mutex);
    known_metadata = std::move(found);
  }

  /// What keeps people from signing in comes before what may do so one day.
  telemetry::Finding finding() const {
    auto of_keys = peer.finding();
    return of_keys.text.empty() ? metadata_peer.finding() : of_keys;
  }

  /// Nothing while no keys are known.
  std::optional<bool> signed_by_issuer(const security::ParsedJws& jws, Moment by) {
    auto set = keys.current(by);
    if (!set) return std::nullopt;
    if (signer_of(*set, jws) != nullptr) return true;
    if (names_known_key(*set, jws)) return false;
    set = keys.refreshed(by);
    return signer_of(*set, jws) != nullptr;
  }

  std::shared_ptr<const OpenIdMetadata> metadata() const {
    const std::lock_guard lock(mutex);
    return known_metadata;
  }

  http::Client& client;
  const time::Clock& clock;
  const OpenIdSettings settings;
  http::Peer metadata_peer;
  http::Peer peer;  // of the keys

  // The look's own, one at a time.
  KeySetDocument document;
  std::optional<RemoteKeys::Moment> asked_for_metadata_at;

  mutable std::mutex mutex;
  std::shared_ptr<const OpenIdMetadata> known_metadata;
  RemoteKeys keys;  // last: its look ends before what it uses
};

OpenIdProvider::OpenIdProvider(http::Client& client, const time::Clock& clock, OpenIdSettings settings,
                               const http::PeerWatch* watch)
    : impl_(std::make_shared<Impl>(client, clock, std::move(settings))) {
  if (watch == nullptr) return;
  http::watch(
      *watch, "sign-in-" + impl_->settings.name, kLookEvery, [impl = impl_] { return impl->finding(); },
      [impl = impl_] { impl->keys.current(); });
}

OpenIdProvider::~OpenIdProvider() = default;

std::shared_ptr<const OpenIdMetadata> OpenIdProvider::metadata(Moment by) const {
  if (auto known = impl_->metadata()) return known;
  impl_->keys.current(by);
  return impl_->metadata();
}

Result<IdToken> OpenIdProvider::verify(std::string_view token, const std::optional<Nonce>& nonce, std::string* why,
                                       Moment by) const {
  const auto refused = [why](std::string what) {
    if (why != nullptr) *why = std::move(what);
    return kBadToken;
  };
  const auto jws = security::parse_jws(token);
  if (!jws) return refused("the ID token is no JWS signed with RS256 or ES256");
  if (!jws->typ.empty() && !security::is_media_type(jws->typ, "JWT")) {
    return refused("typ of the ID token is that of another kind of token");
  }
  const auto is_its_own = impl_->signed_by_issuer(*jws, by);
  if (!is_its_own) return kAway;
  if (!*is_its_own) return refused("the ID token is not signed with a key of its issuer");
  auto reading = read_id_token(jws->payload, impl_->settings.rules, nonce, impl_->clock.now());
  if (!reading.token) return refused(std::move(reading.why));
  return *std::move(reading.token);
}

Result<std::string> OpenIdProvider::verify_signed(std::string_view token, std::string_view typ, Moment by) const {
  auto jws = security::parse_jws(token);
  if (!jws) return kBadToken;
  const auto& given = jws->typ;
  if (!given.empty() && !security::is_media_type(given, "JWT") && !security::is_media_type(given, typ))
    return kBadToken;
  const auto is_its_own = impl_->signed_by_issuer(*jws, by);
  if (!is_its_own) return kAway;
  if (!*is_its_own) return kBadToken;
  return std::move(jws->payload);
}

}  // namespace dontgoback::identity
