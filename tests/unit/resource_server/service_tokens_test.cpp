#include "auth/resource_server/service_tokens.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "changing_deny_list.hpp"
#include "support/set_clock.hpp"
#include "unit/security/forge.hpp"

using namespace dontgoback;
using namespace dontgoback::auth;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

struct Node {
  std::shared_ptr<ChangingKeys> keys = std::make_shared<ChangingKeys>();
  SetClock clock;
  security::Expectations expected{.issuer = "http://127.0.0.1:8091", .audience = "urn:dontgoback"};

  Node() { keys->known = ChangingKeys::set_of({rsa_key()}); }

  std::int64_t now() const { return std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count(); }

  /// Good claims as JSON values, changed by name; an empty value takes the claim away.
  std::string claims(const std::map<std::string, std::string>& changes = {}) const {
    std::map<std::string, std::string> all{{"iss", R"("http://127.0.0.1:8091")"},
                                           {"sub", R"("core")"},
                                           {"aud", R"("urn:dontgoback")"},
                                           {"client_id", R"("core")"},
                                           {"jti", R"("1")"},
                                           {"iat", std::to_string(now())},
                                           {"exp", std::to_string(now() + 300)}};
    for (const auto& [name, value] : changes) all[name] = value;
    std::string text;
    for (const auto& [name, value] : all) {
      if (!value.empty()) text += (text.empty() ? "{\"" : ",\"") + name + "\":" + value;
    }
    return text + "}";
  }
};

/// A token that is not taken is unauthenticated.
bool takes(const ServiceTokens& tokens, std::string_view token) {
  const auto result = tokens.verify(token);
  if (!result) CHECK(result.failure().kind == FailureKind::unauthenticated);
  return result.has_value();
}

}  // namespace

TEST_CASE("what is denied is refused, remembered or not") {
  const Node node;
  const auto denied = std::make_shared<ChangingDenyList>();
  const ServiceTokens verifier(node.keys, node.expected, node.clock, denied);
  const auto known = rsa_key().sign("at+jwt", node.claims());
  const auto other = rsa_key().sign("at+jwt", node.claims({{"jti", R"("2")"}}));
  REQUIRE(takes(verifier, known));
  const auto deny = [&](Denial::Kind kind, std::string value) {
    const std::chrono::sys_seconds now{std::chrono::seconds(node.now())};
    denied->set = std::make_shared<DenySet>(std::vector<Denial>{{kind, std::move(value), now, now + 300s}});
  };
  deny(Denial::Kind::token, "1");
  CHECK(!takes(verifier, known));
  CHECK(takes(verifier, other));
  deny(Denial::Kind::key, rsa_key().kid());
  CHECK(!takes(verifier, known));
  CHECK(!takes(verifier, rsa_key().sign("at+jwt", node.claims({{"jti", R"("3")"}}))));
  deny(Denial::Kind::client, "core");
  CHECK(!takes(verifier, known));
  CHECK(takes(verifier, rsa_key().sign("at+jwt", node.claims({{"iat", std::to_string(node.now() + 1)}}))));
  denied->set = std::make_shared<DenySet>();
  CHECK(takes(verifier, known));
}

TEST_CASE("a token that was taken back is refused for as long as it would be taken, to the last second") {
  Node node;
  const auto leeway = GENERATE(0s, 60s, 300s);
  node.expected.leeway = leeway;
  const auto denied = std::make_shared<ChangingDenyList>();
  const ServiceTokens verifier(node.keys, node.expected, node.clock, denied);
  const std::chrono::sys_seconds now{std::chrono::seconds(node.now())};
  denied->set = std::make_shared<DenySet>(std::vector<Denial>{{Denial::Kind::token, "back", {}, now + 300s},
                                                              {Denial::Kind::client, "gone", now, now + 300s}});
  const auto sign = [&](const std::string& jti, const std::string& client) {
    return rsa_key().sign("at+jwt", node.claims({{"jti", '"' + jti + '"'}, {"client_id", '"' + client + '"'}}));
  };
  const auto good = sign("good", "core"), back = sign("back", "core"), gone = sign("other", "gone");
  CHECK((takes(verifier, good) && !takes(verifier, back) && !takes(verifier, gone)));
  node.clock.advance(300s + leeway - 1s);
  CHECK((takes(verifier, good) && !takes(verifier, back) && !takes(verifier, gone)));
  node.clock.advance(1s);
  CHECK(!takes(verifier, good));
}

TEST_CASE("a first-release token is denied by its subject and by the key that verifies it") {
  Node node;
  node.expected.accept_legacy = true;
  const auto denied = std::make_shared<ChangingDenyList>();
  const ServiceTokens verifier(node.keys, node.expected, node.clock, denied);
  const auto legacy = forge(rsa_key(), R"({"alg":"RS256"})", node.claims({{"client_id", ""}, {"jti", ""}}));
  REQUIRE(takes(verifier, legacy));
  const std::chrono::sys_seconds now{std::chrono::seconds(node.now())};
  for (const auto& [kind, value] :
       {std::pair{Denial::Kind::client, std::string("core")}, {Denial::Kind::key, rsa_key().kid()}}) {
    denied->set = std::make_shared<DenySet>(std::vector<Denial>{{kind, value, now, now + 300s}});
    CHECK(!takes(verifier, legacy));
  }
}

TEST_CASE("without a deny-list that is new enough the answer is: later") {
  const Node node;
  const auto denied = std::make_shared<ChangingDenyList>();
  const ServiceTokens verifier(node.keys, node.expected, node.clock, denied);
  const auto token = rsa_key().sign("at+jwt", node.claims());
  REQUIRE(takes(verifier, token));
  denied->set = nullptr;
  CHECK(verifier.verify(token).failure().kind == FailureKind::unavailable);
}

TEST_CASE("a refusal says that the token was taken back, or what is wrong with it") {
  const Node node;
  const auto denied = std::make_shared<ChangingDenyList>();
  const ServiceTokens tokens(node.keys, node.expected, node.clock, denied);
  const std::chrono::sys_seconds now{std::chrono::seconds(node.now())};
  denied->set = std::make_shared<DenySet>(std::vector<Denial>{{Denial::Kind::token, "1", now, now + 300s}});
  std::string why;
  CHECK(!tokens.verify(rsa_key().sign("at+jwt", node.claims()), &why));
  CHECK(why == "the token was taken back");
  CHECK(!tokens.verify("evil", &why));
  CHECK(why == "the token is no JWS signed with RS256 or ES256");
}
