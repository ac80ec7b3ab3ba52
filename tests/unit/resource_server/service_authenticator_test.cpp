#include "auth/resource_server/service_authenticator.hpp"

#include <catch2/catch.hpp>

#include "changing_deny_list.hpp"
#include "dontgoback/http/error.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/jose/signing_key.hpp"
#include "fields.hpp"
#include "support/set_clock.hpp"
#include "unit/security/forge.hpp"

using namespace dontgoback;
using namespace dontgoback::auth;
using namespace dontgoback::security;
using namespace dontgoback::test;

namespace {

constexpr std::string_view kInvitation = R"(Bearer, DPoP algs="ES256 RS256")";

struct Guarded {
  std::shared_ptr<ChangingKeys> keys = std::make_shared<ChangingKeys>();
  std::shared_ptr<ChangingDenyList> denied = std::make_shared<ChangingDenyList>();
  SetClock clock;
  ReplayMemory replays{clock, 16};
  ProofVerifier proofs{{"http://api.test"}, std::chrono::seconds(60), replays, clock};
  ServiceAuthenticator services{
      std::make_shared<ServiceTokens>(keys, Expectations{.issuer = "me", .audience = "us", .accept_legacy = false},
                                      clock, denied),
      proofs};

  /// `age`: of the process; soon after its start proofs need a nonce.
  explicit Guarded(std::chrono::seconds age = std::chrono::hours(1)) {
    keys->known = ChangingKeys::set_of({ec_key()});
    clock.advance(age);
  }

  Result<http::Identity> authenticate(std::vector<std::string> authorization,
                                      std::vector<std::string> proof = {}) const {
    const Fields fields({{"Authorization", std::move(authorization)}, {"DPoP", std::move(proof)}});
    http::Request request;
    request.method = http::Method::post;
    request.path = "/msa/x";
    request.headers = &fields;
    return services.authenticate(request);
  }
  /// What the 401 says in WWW-Authenticate.
  std::string challenge(std::vector<std::string> authorization, std::vector<std::string> proof = {}) const {
    try {
      (void)authenticate(std::move(authorization), std::move(proof));
    } catch (const http::Error& error) {
      CHECK(error.failure().kind == FailureKind::unauthenticated);
      REQUIRE(error.headers().size() == 1);
      CHECK(error.headers().front().first == "WWW-Authenticate");
      return error.headers().front().second;
    }
    return "none";
  }

  std::int64_t now() const { return std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count(); }
  std::string bound_token(const SigningKey& to) const { return token(R"(,"cnf":{"jkt":")" + to.kid() + "\"}"); }
  std::string proof(const SigningKey& key, const std::string& token) {
    return prove(key, R"({"htm":"POST","htu":"http://api.test/msa/x","ath":")" +
                          base64url_encode(bytes(sha256(token))) + R"(","jti":")" + std::to_string(++made_) +
                          R"(","iat":)" + std::to_string(now()) + '}');
  }
  std::string token(const std::string& more) const {
    return ec_key().sign("at+jwt", R"({"iss":"me","aud":"us","sub":"someone","iat":)" + std::to_string(now()) +
                                       ",\"exp\":" + std::to_string(now() + 60) + more + '}');
  }

 private:
  int made_ = 0;
};

}  // namespace

TEST_CASE("a bearer token makes a service of the request") {
  const Guarded guarded;
  const auto token = guarded.token(R"(,"client_id":"core","scope":"asset:update")");
  for (const auto& value : {"Bearer " + token, "bearer " + token, "BEARER   " + token}) {
    const auto identity = guarded.authenticate({value});
    REQUIRE(identity);
    CHECK(identity->kind == http::Identity::Kind::service);
    CHECK(identity->client_id == "core");
    CHECK(identity->has_scope("asset:update"));
    CHECK(!identity->has_scope("asset"));
    CHECK(!identity->has_scope("*"));
  }
}

TEST_CASE("the subject stands in for an absent client id; the star stands for no scope") {
  const Guarded guarded;
  const auto identity = guarded.authenticate({"Bearer " + guarded.token(R"(,"scope":"*")")});
  REQUIRE(identity);
  CHECK(identity->client_id == "someone");
  CHECK(!identity->has_scope("anything"));
  CHECK(!identity->has_scope("*"));
}

TEST_CASE("a first-release token that names no scopes has all") {
  const Guarded guarded;
  guarded.keys->known = ChangingKeys::set_of({rsa_key()});
  const ServiceAuthenticator services(
      std::make_shared<ServiceTokens>(
          guarded.keys, Expectations{.issuer = "me", .audience = "us", .accept_legacy = true}, guarded.clock),
      guarded.proofs);
  const auto claims = R"({"iss":"me","sub":"core","iat":)" + std::to_string(guarded.now()) +
                      ",\"exp\":" + std::to_string(guarded.now() + 60) + '}';
  const Fields fields({{"Authorization", {"Bearer " + forge(rsa_key(), R"({"alg":"RS256"})", claims)}}});
  http::Request request;
  request.headers = &fields;
  const auto identity = services.authenticate(request);
  REQUIRE(identity);
  CHECK(identity->client_id == "core");
  CHECK(identity->has_scope("anything"));
}

TEST_CASE("what is not exactly one good bearer token is nobody") {
  const Guarded guarded;
  const auto token = guarded.token("");
  const std::vector<std::string> headers[] = {
      {},
      {""},
      {"Bearer"},
      {"Bearer "},
      {"Bearer    "},
      {token},
      {"Bearer" + token},
      {"Bearer\t" + token},
      {" Bearer " + token},
      {"Bearer " + token + " "},
      {"Bearer " + token + ", " + token},
      {"Bearer \"" + token + "\""},
      {"Basic " + token},
      {"Basic Bearer " + token},
      {"Bearer " + token, "Bearer " + token},
      {"Bearer x"},
  };
  for (const auto& header : headers) {
    INFO((header.empty() ? "none" : header.front()));
    const auto challenge = guarded.challenge(header);
    CHECK(challenge.starts_with("Bearer"));
    // Somebody who brought a bearer token is told what is wrong with it.
    CHECK((challenge == kInvitation || challenge.starts_with(R"(Bearer error="invalid_token", error_description=")")));
  }
  for (const auto& nothing : std::vector<std::vector<std::string>>{{}, {"Bearer"}, {"Basic " + token}}) {
    CHECK(guarded.challenge(nothing) == kInvitation);
  }
}

TEST_CASE("without keys a token's bearer is asked to come later, somebody without a token is not") {
  const Guarded guarded;
  guarded.keys->known = nullptr;
  CHECK(guarded.authenticate({"Bearer x"}).failure().kind == FailureKind::unavailable);
  CHECK(guarded.challenge({}) == kInvitation);
}

TEST_CASE("a refused token's bearer is told why, never what") {
  Guarded guarded;
  const auto token = guarded.token(R"(,"jti":"j1")");
  CHECK(guarded.challenge({"Bearer secret"}) ==
        R"(Bearer error="invalid_token", error_description="the token is no JWS signed with RS256 or ES256")");
  guarded.denied->set =
      std::make_shared<DenySet>(std::vector<Denial>{{Denial::Kind::token, "j1", {}, std::chrono::sys_seconds::max()}});
  CHECK(guarded.challenge({"Bearer " + token}) ==
        R"(Bearer error="invalid_token", error_description="the token was taken back")");
  guarded.clock.advance(std::chrono::seconds(155));
  CHECK(guarded.challenge({"Bearer " + token}) ==
        R"=(Bearer error="invalid_token", error_description="the token ended 95 s ago (60 s are borne)")=");
}

TEST_CASE("a token bound to a key is good with a proof of that key, once for each proof") {
  Guarded guarded;
  const auto token = guarded.bound_token(rsa_key());
  const auto proof = guarded.proof(rsa_key(), token);
  const auto identity = guarded.authenticate({"DPoP " + token}, {proof});
  REQUIRE(identity);
  CHECK(identity->client_id == "someone");
  CHECK(guarded.challenge({"DPoP " + token}, {proof}) ==
        R"(DPoP error="invalid_dpop_proof", error_description="the proof was used before", algs="ES256 RS256")");
  CHECK(guarded.authenticate({"dpop   " + token}, {guarded.proof(rsa_key(), token)}));
}

TEST_CASE("a bound token is no bearer token, and a bearer token needs no proof") {
  Guarded guarded;
  const auto bound = guarded.bound_token(rsa_key());
  const auto free = guarded.token("");
  CHECK(guarded.challenge({"Bearer " + bound}, {guarded.proof(rsa_key(), bound)}) ==
        R"(Bearer error="invalid_token", error_description="the token is bound to a key and needs a DPoP proof")");
  CHECK(guarded.challenge({"DPoP " + free}, {guarded.proof(rsa_key(), free)}) ==
        R"(DPoP error="invalid_token", error_description="the token is not bound to a key", algs="ES256 RS256")");
  CHECK(guarded.authenticate({"Bearer " + free}, {"whatever"}));
}

TEST_CASE("another's proof, another token's and none are refused") {
  Guarded guarded;
  const auto token = guarded.bound_token(rsa_key());
  CHECK(guarded.challenge({"DPoP " + token}, {guarded.proof(other_rsa_key(), token)})
            .starts_with(R"(DPoP error="invalid_token", error_description="the proof is of another key)"));
  CHECK(guarded.challenge({"DPoP " + token}, {guarded.proof(rsa_key(), "other")})
            .starts_with(R"(DPoP error="invalid_dpop_proof")"));
  CHECK(guarded.challenge({"DPoP " + token}).starts_with(R"(DPoP error="invalid_dpop_proof")"));
}

TEST_CASE("soon after the start a proof is asked to bring the nonce") {
  Guarded guarded(std::chrono::seconds(59));
  const auto token = guarded.bound_token(rsa_key());
  try {
    (void)guarded.authenticate({"DPoP " + token}, {guarded.proof(rsa_key(), token)});
    FAIL("it was taken");
  } catch (const http::Error& error) {
    CHECK(error.failure().kind == FailureKind::unauthenticated);
    REQUIRE(error.headers().size() == 2);
    CHECK(error.headers()[0].second.starts_with(R"(DPoP error="use_dpop_nonce", error_description=")"));
    CHECK(error.headers()[1].first == "DPoP-Nonce");
    CHECK(error.headers()[1].second.size() >= 22);
  }
  CHECK(guarded.challenge({"DPoP " + token}, {guarded.proof(other_rsa_key(), token)})
            .starts_with(R"(DPoP error="invalid_token")"));
}

TEST_CASE("when no more proofs can be remembered the answer is: later") {
  Guarded guarded;
  const auto token = guarded.bound_token(rsa_key());
  for (int i = 0; i < 4; ++i) CHECK(guarded.authenticate({"DPoP " + token}, {guarded.proof(rsa_key(), token)}));
  const auto fifth = guarded.authenticate({"DPoP " + token}, {guarded.proof(rsa_key(), token)});
  CHECK(fifth.failure().kind == FailureKind::unavailable);
}
