#include "endpoints/authenticated.hpp"

#include <utility>

#include "dontgoback/security/tokens/skew.hpp"
#include "endpoints/credentials.hpp"

namespace dontgoback::auth {
namespace {

using How = AuthenticationFailure::How;

/// What is wrong with the client or with its assertion, in one word for the operator and in a sentence for the client.
struct Words {
  std::string_view reason;
  std::string description;
};

Words words_for(const AuthenticationFailure& failure) {
  const auto off = std::to_string(failure.off.count());
  const auto measured = [&](std::string_view claim) {
    return "the client assertion's " + security::skew_text(claim, failure.off, failure.borne);
  };
  switch (failure.how) {
    case How::wrong_secret:
      return {"wrong_secret", "the client's id or its credentials are wrong"};
    case How::disabled:
      return {"disabled", "this client is disabled"};
    case How::not_signed:
      return {"bad_signature", "the client assertion's signature is not that of a key registered for this client"};
    case How::unknown_kid:
      return {"unknown_kid", "no key with this kid, which the client assertion names, is registered for this client"};
    case How::other_algorithm:
      return {"other_algorithm", "alg of the client assertion is not that of the key with its kid"};
    case How::claims_missing:
      return {"claims_missing", "the client assertion must have iss, sub, aud, exp and jti"};
    case How::other_client:
      return {"other_client", "iss and sub of the client assertion must be the client's id"};
    case How::other_audience:
      return {"other_audience", "aud of the client assertion must be the issuer or the token endpoint"};
    case How::expired:
      return {"expired", "the client assertion's exp was " + off + " s ago by this server's clock (" +
                             std::to_string(failure.borne.count()) + " s are borne)"};
    case How::expires_late:
      return {"expires_late", "the client assertion's exp must be at most an hour ahead"};
    case How::expires_late_undated:
      return {"expires_late", "the client assertion's exp must be at most 10 minutes ahead where there is no iat"};
    case How::issued_early:
      return {"issued_early", "the client assertion's iat was " + off +
                                  " s ago; make a new one for each request (10 minutes are taken)"};
    case How::issued_ahead:
      return {"issued_ahead", measured("iat")};
    case How::valid_ahead:
      return {"valid_ahead", measured("nbf")};
    case How::before_start:
      return {"before_start", "the client assertion is from before this server started; make a new one"};
    case How::perhaps_before_start:
      return {"before_start",
              "the client assertion may be from before this server started; make one with an iat or nbf, or try again "
              "in " +
                  off + " s"};
    case How::no_jti:
      return {"no_jti", "the client assertion must have a jti of at most 256 characters"};
    case How::used_before:
      return {"used_before", "the client assertion was used before; make a new one for each request"};
    case How::busy:
      return {"too_many_assertions", "too many client assertions at once"};
    case How::too_often:
      break;  // has words of its own
  }
  return {};
}

Refusal worded(const AuthenticationFailure& failure) {
  if (failure.how == How::too_often) return too_many_failures(failure.off);
  const auto [reason, description] = words_for(failure);
  switch (failure.how) {
    case How::busy:
      return try_again(reason, description);
    // Nothing is wrong with the client: this server does not know, and will.
    case How::before_start:
    case How::perhaps_before_start:
      return try_again(reason, description, failure.off);
    default:
      return invalid_client(reason, description);
  }
}

}  // namespace

Refusal refusal_of(const AuthenticationFailure& failure) {
  auto refusal = worded(failure);
  refusal.client = failure.client;
  return refusal;
}

Authenticated authenticated(const ClientAuthenticator& clients, const http::Request& request, const Form& form) {
  auto result = clients.authenticate(read_credentials(request, form), request.client_address);
  if (const auto* failure = std::get_if<AuthenticationFailure>(&result)) throw refusal_of(*failure);
  return std::get<Authenticated>(std::move(result));
}

}  // namespace dontgoback::auth
