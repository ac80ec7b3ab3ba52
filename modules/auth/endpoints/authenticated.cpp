#include "endpoints/authenticated.hpp"

#include <utility>

#include "dontgoback/security/tokens/skew.hpp"
#include "endpoints/credentials.hpp"

namespace dontgoback::auth {
namespace {

/// What is wrong with the client or with its assertion, for `invalid_client`.
std::string description_of(const AuthenticationFailure& failure) {
  using How = AuthenticationFailure::How;
  const auto off = std::to_string(failure.off.count());
  const auto measured = [&](std::string_view claim) {
    return "the client assertion's " + security::skew_text(claim, failure.off, failure.borne);
  };
  switch (failure.how) {
    case How::wrong_secret:
      return "the client's id or its credentials are wrong";
    case How::disabled:
      return "this client is disabled";
    case How::not_signed:
      return "the client assertion's signature is not good";
    case How::claims_missing:
      return "the client assertion must have iss, sub, aud, exp and jti";
    case How::other_client:
      return "iss and sub of the client assertion must be the client's id";
    case How::other_audience:
      return "aud of the client assertion must be the issuer or the token endpoint";
    case How::expired:
      return "the client assertion's exp was " + off + " s ago by this server's clock (" +
             std::to_string(failure.borne.count()) + " s are borne)";
    case How::expires_late:
      return "the client assertion's exp must be at most an hour ahead";
    case How::expires_late_undated:
      return "the client assertion's exp must be at most 10 minutes ahead where there is no iat";
    case How::issued_early:
      return "the client assertion's iat was " + off + " s ago; make a new one for each request (10 minutes are taken)";
    case How::issued_ahead:
      return measured("iat");
    case How::valid_ahead:
      return measured("nbf");
    case How::before_start:
      return "the client assertion is from before this server started; make a new one";
    case How::perhaps_before_start:
      return "the client assertion may be from before this server started; make one with an iat";
    case How::no_jti:
      return "the client assertion must have a jti of at most 256 characters";
    case How::used_before:
      return "the client assertion was used before; make a new one for each request";
    case How::too_often:
    case How::busy:
      break;  // no invalid_client
  }
  return {};
}

}  // namespace

Refusal refusal_of(const AuthenticationFailure& failure) {
  using How = AuthenticationFailure::How;
  auto refusal = failure.how == How::too_often ? too_many_failures(failure.off)
                 : failure.how == How::busy    ? try_again("too many client assertions at once")
                                               : invalid_client(description_of(failure));
  refusal.client = failure.client;
  return refusal;
}

Authenticated authenticated(const ClientAuthenticator& clients, const http::Request& request, const Form& form) {
  auto result = clients.authenticate(read_credentials(request, form), request.client_address);
  if (const auto* failure = std::get_if<AuthenticationFailure>(&result)) throw refusal_of(*failure);
  return std::get<Authenticated>(std::move(result));
}

}  // namespace dontgoback::auth
