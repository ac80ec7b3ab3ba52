#include <catch2/catch.hpp>

#include "dontgoback/security/token_verifier.hpp"
#include "forge.hpp"
#include "support/set_clock.hpp"

using namespace dontgoback;
using namespace dontgoback::security;
using namespace dontgoback::test;

namespace {

class Fields : public http::HeaderFields {
 public:
  explicit Fields(std::vector<std::string> authorization) : authorization_(std::move(authorization)) {}
  std::optional<std::string_view> find(std::string_view name) const override {
    if (name != "Authorization" || authorization_.empty()) return std::nullopt;
    return authorization_.front();
  }
  std::size_t count(std::string_view name) const override {
    return name == "Authorization" ? authorization_.size() : 0;
  }

 private:
  std::vector<std::string> authorization_;
};

struct Guarded {
  std::shared_ptr<ChangingKeys> keys = std::make_shared<ChangingKeys>();
  SetClock clock;
  std::unique_ptr<BearerAuthenticator> bearer;

  Guarded() {
    keys->known = ChangingKeys::set_of({ec_key()});
    bearer = std::make_unique<BearerAuthenticator>(std::make_shared<TokenVerifier>(
        keys, Expectations{.issuer = "me", .audience = "us", .accept_legacy = false}, clock));
  }

  Result<http::Identity> authenticate(std::vector<std::string> authorization) const {
    const Fields fields(std::move(authorization));
    http::Request request;
    request.headers = &fields;
    return bearer->authenticate(request);
  }

  std::string token(const std::string& more) const {
    const auto now = std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count();
    return ec_key().sign("at+jwt", R"({"iss":"me","aud":"us","sub":"someone","iat":)" + std::to_string(now) +
                                       ",\"exp\":" + std::to_string(now + 60) + more + '}');
  }
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

TEST_CASE("the subject stands in for an absent client id; the star stands for all scopes") {
  const Guarded guarded;
  const auto identity = guarded.authenticate({"Bearer " + guarded.token(R"(,"scope":"*")")});
  REQUIRE(identity);
  CHECK(identity->client_id == "someone");
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
    const auto identity = guarded.authenticate(header);
    REQUIRE(!identity);
    CHECK(identity.failure().kind == FailureKind::unauthenticated);
  }
}

TEST_CASE("without keys a token's bearer is asked to come later, somebody without a token is not") {
  const Guarded guarded;
  guarded.keys->known = nullptr;
  CHECK(guarded.authenticate({"Bearer x"}).failure().kind == FailureKind::unavailable);
  CHECK(guarded.authenticate({}).failure().kind == FailureKind::unauthenticated);
}
