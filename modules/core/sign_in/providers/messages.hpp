#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dontgoback/http/client.hpp"
#include "dontgoback/jobs/outbox.hpp"
#include "sign_in/providers/settings.hpp"

// What is sent to a provider and what comes back (RFC 6749, RFC 7636, OpenID Connect Core 1.0 section 3.1). Pure.
namespace dontgoback::core::sign_in {

/// What ties an answer to who asked. The browser has `state` in the address and `browser` in a cookie; the other two
/// are made of both, so that the database holds neither.
struct Hop {
  std::string browser;
  std::string state;

  std::string nonce() const;
  /// 43 characters (RFC 7636 section 4.1).
  std::string verifier() const;
};

/// RFC 7636 section 4.2, S256.
std::string pkce_challenge(std::string_view verifier);

/// Where the browser goes. `prompt`: as OpenID Connect has it; empty: none.
std::string authorization_url(std::string_view endpoint, const ProviderSettings& provider,
                              std::string_view redirect_uri, const Hop& hop, std::string_view prompt);

/// The exchange of a code, as the client proves itself to this provider: `methods` is what the metadata says of it.
http::ClientRequest token_request(std::string endpoint, const std::vector<std::string>& methods,
                                  const std::string& client_id, const std::optional<std::string>& secret,
                                  std::string_view code, std::string_view redirect_uri, std::string_view verifier);

/// RFC 7009 section 2.1, of a refresh token, as the client proves itself at the token endpoint.
http::ClientRequest revocation_request(std::string endpoint, const std::vector<std::string>& methods,
                                       const std::string& client_id, const std::optional<std::string>& secret,
                                       std::string_view token);
/// What an answer to it means.
jobs::Outbox::Delivery judge_revocation(int http_status, std::string_view error);

/// Kakao's "Unlink": the service is where its `userinfo_endpoint` is. Nothing when that is no URL.
std::optional<http::ClientRequest> unlink_request(std::string_view userinfo_endpoint, const std::string& admin_key,
                                                  std::string_view subject);
/// What an answer to it means.
jobs::Outbox::Delivery judge_unlink(int http_status, std::string_view body);

/// How a sign-in ends without somebody signed in: the `status` of the sign-in page.
namespace status {
inline constexpr std::string_view kCancelled = "cancelled";
inline constexpr std::string_view kRefused = "refused";
inline constexpr std::string_view kExpired = "expired";
inline constexpr std::string_view kAway = "provider-away";
inline constexpr std::string_view kLinkedElsewhere = "linked-elsewhere";
inline constexpr std::string_view kLinked = "linked";
}  // namespace status

/// What a provider's answer says in its parameters, but for `state`.
struct CallbackAnswer {
  std::optional<std::string> code, error, issuer;
};
/// Nothing: it is a code of this provider, to be exchanged. Else the status.
std::optional<std::string_view> judge(const CallbackAnswer& answer, const ProviderSettings& provider);

/// The status for an answer of the token endpoint that is not 200.
std::string_view judge_token_failure(int http_status, std::string_view error);

/// What is read of a token endpoint's answer.
struct GivenTokens {
  std::string id_token;
  std::optional<std::string> refresh_token;  ///< 1 to 1024 visible characters
};
/// Nothing when there is no ID token.
std::optional<GivenTokens> tokens_of(std::string_view body);
/// The `error` of one that failed, at most 64 characters that may be logged; empty: it says none.
std::string error_of(std::string_view body);

}  // namespace dontgoback::core::sign_in
