#include <thread>

#include "core/sessions/session_keys.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "support/core/world.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

/// A token as the node would make it, with parts changed.
struct Forged {
  std::string typ = "at+jwt";
  std::string iss{kPublicUrl};
  std::string aud = "urn:dontgoback:web";
  std::int64_t user = 1;
  std::int64_t session = 1;
  std::chrono::seconds age{0};

  std::string claims(time::Timestamp now) const {
    const auto iat = std::chrono::floor<std::chrono::seconds>(now - age).time_since_epoch().count();
    return R"({"iss":")" + iss + R"(","aud":")" + aud + R"(","sub":")" + std::to_string(user) + R"(","id":)" +
           std::to_string(user) + R"(,"role":"ADMIN","sid":)" + std::to_string(session) + R"(,"iat":)" +
           std::to_string(iat) + R"(,"exp":)" + std::to_string(iat + 7200) + "}";
  }
};

}  // namespace

TEST_CASE("Only the node's own access tokens of a living session open the API") {
  World world(ON_EACH_DATABASE());
  const auto guest = world.node.guest();
  const auto keys = core::sessions::load_session_keys(world.database, world.fresh.directory() / "session.key");
  const auto now = world.clock.now();
  auto browser = world.node.browser();
  const auto status_with = [&](const std::string& token) {
    browser.jar["access_token"] = token;
    return browser.get("/api/v1/users/me").status;
  };
  const auto status_of = [&](const Forged& token) {
    return status_with(keys.signing.sign(token.typ, token.claims(now)));
  };

  REQUIRE(status_of({}) == 200);
  CHECK(status_of({.typ = "JWT"}) == 401);
  CHECK(status_of({.iss = "http://other.test"}) == 401);
  CHECK(status_of({.aud = "urn:dontgoback"}) == 401);
  CHECK(status_of({.user = 2}) == 401);
  CHECK(status_of({.session = 2}) == 401);
  CHECK(status_of({.age = 2h}) == 401);
  CHECK(status_of({.age = -2s}) == 401);

  const Forged good;
  CHECK(status_with(guest.jar.at("refresh_token")) == 401);
  CHECK(status_with(security::SigningKey::generate(security::Algorithm::rs256).sign("at+jwt", good.claims(now))) ==
        401);
  CHECK(status_with(security::SigningKey::generate(security::Algorithm::es256).sign("at+jwt", good.claims(now))) ==
        401);
  const auto unsigned_token = security::base64url_encode(R"({"alg":"none","typ":"at+jwt"})") + "." +
                              security::base64url_encode(good.claims(now)) + ".";
  CHECK(status_with(unsigned_token) == 401);
  const auto hmac_head =
      security::base64url_encode(R"({"alg":"HS256","typ":"at+jwt","kid":")" + keys.signing.kid() + "\"}") + "." +
      security::base64url_encode(good.claims(now));
  CHECK(status_with(hmac_head + "." +
                    security::base64url_encode(
                        security::bytes(security::hmac_sha256(keys.signing.public_der(), hmac_head)))) == 401);
}

TEST_CASE("A header does not stand in for the cookie") {
  World world(ON_EACH_DATABASE());
  const auto guest = world.node.guest();
  auto stranger = world.node.browser();
  const auto bearer = "Bearer " + guest.jar.at("access_token");
  CHECK(stranger.send("GET", "/api/v1/users/me", "", {{"Authorization", bearer}}).status == 401);
}

TEST_CASE("Access ends two hours on, also for a token that is remembered") {
  World world(ON_EACH_DATABASE());
  auto guest = world.node.guest();
  CHECK(guest.get("/api/v1/users/me").status == 200);
  world.clock.advance(2h - 1s);
  CHECK(guest.get("/api/v1/users/me").status == 200);
  world.clock.advance(1s);
  CHECK(guest.get("/api/v1/users/me").status == 401);
}

TEST_CASE("Nodes that start at once on one database end with the same keys") {
  const FreshDatabase fresh(ON_EACH_DATABASE(), core_schema());
  std::vector<std::string> kids(3);
  std::vector<std::string> refresh(3);
  std::vector<std::thread> nodes;
  for (std::size_t i = 0; i < kids.size(); ++i) {
    nodes.emplace_back([&, i] {
      const auto keys = core::sessions::load_session_keys(*fresh, fresh.directory() / "session.key");
      kids[i] = keys.signing.kid();
      refresh[i] = keys.refresh;
    });
  }
  for (auto& node : nodes) node.join();
  CHECK(kids == std::vector(3, kids[0]));
  CHECK(refresh == std::vector(3, refresh[0]));

  const TemporaryDirectory other;
  CHECK_THROWS_AS(core::sessions::load_session_keys(*fresh, other.path() / "session.key"), std::invalid_argument);
}

TEST_CASE("The public keys are published, and not sent again to who has them") {
  World world(ON_EACH_DATABASE());
  auto browser = world.node.browser();
  const auto answer = browser.get("/api/jwks.json");
  CHECK(answer.status == 200);
  CHECK(answer.field("cache-control") == "public, max-age=300");
  CHECK(security::parse_jwks(answer.body).value().size() == 1);
  CHECK(answer.body.find("\"d\"") == std::string::npos);
  const auto again = browser.send("GET", "/api/jwks.json", "", {{"If-None-Match", answer.field("etag")}});
  CHECK(again.status == 304);
  CHECK(again.body.empty());
  CHECK(world.second_node()->browser().get("/api/jwks.json").body == answer.body);
}
