#include <catch2/catch.hpp>

#include "auth/clients/failure_limit.hpp"
#include "dontgoback/security/jose/jwks.hpp"
#include "oauth_world.hpp"

namespace dontgoback::auth {
namespace {

using namespace std::chrono_literals;
using testing::client_key;
using testing::member;
using testing::World;

TEST_CASE_METHOD(World, "a signed assertion is taken once") {
  add("signer", {"asset:update"}, security::jwks({client_key()}));
  take_up();
  const auto one = assertion("signer", 0s, 60s, "one");
  CHECK(ask_with(one).status == 200);
  const auto again = ask_with(one);
  CHECK(again.status == 400);
  CHECK(member(again.body, "error_description").find("used before") != std::string::npos);
  CHECK(ask_with(assertion("signer", 0s, 60s, "two", url + "/msa/auth/api/token")).status == 200);
  CHECK(ask_with(assertion("signer", 0s, 60s, "three"), "&client_id=signer").status == 200);
  CHECK(ask_with(assertion("signer", 0s, 60s, "four"), "&client_id=app").status == 400);
}

TEST_CASE_METHOD(World,
                 "an assertion of before the start is refused, and a used one for as long as it would be taken") {
  add("signer", {}, security::jwks({client_key()}));
  take_up();
  const auto before = ask_with(assertion("signer", -1s, 60s, "before"));
  CHECK(before.status == 503);
  CHECK(member(before.body, "error_description").find("before this server started") != std::string::npos);
  const auto long_lived = assertion("signer", 0s, 1h, "long");
  CHECK(ask_with(long_lived).status == 200);
  for (int i = 0; i < 14; ++i) {  // minutes: past its age and the leeway
    clock.advance(1min);
    CHECK(ask_with(long_lived).status == 400);
  }
}

TEST_CASE_METHOD(World, "an assertion with a good signature is no guess, whatever else is wrong with it") {
  add("signer", {}, security::jwks({client_key()}));
  take_up();
  int jti = 0;
  const auto refusals = [&](const auto& make, int status = 400) {
    for (int i = 0; i < 3 * FailureLimit::kFreeForClientAtAddress; ++i) {
      CHECK(ask_with(make("jti-" + std::to_string(++jti))).status == status);
    }
  };
  // After a restart: a slow clock.
  refusals([&](const std::string& id) { return assertion("signer", -5s, 60s, id); }, 503);
  refusals([&](const std::string& id) { return assertion("signer", -5min, -2min, id); });
  refusals([&](const std::string& id) { return assertion("signer", 0s, 60s, id, "https://other.example"); });
  const auto used = assertion("signer", 0s, 60s, "used");
  CHECK(ask_with(used).status == 200);
  refusals([&](const std::string&) { return used; });
  CHECK(ask_with(assertion("signer", 0s, 60s, "fresh")).status == 200);

  auto forged = assertion("signer", 0s, 60s, "forged");
  auto& changed = forged[forged.size() - 10];
  changed = changed == 'A' ? 'B' : 'A';
  for (int i = 0; i < FailureLimit::kFreeForClientAtAddress; ++i) CHECK(ask_with(forged).status == 400);
  CHECK(ask_with(forged).status == 429);
  CHECK(ask_with(assertion("signer", 0s, 60s, "guessed at")).status == 200);  // it is known here
}

TEST_CASE_METHOD(World, "an assertion that is not for us, not now or not the client's is refused") {
  add("signer", {}, security::jwks({client_key()}));
  take_up();
  clock.advance(10min);  // after the start
  int jti = 0;
  const auto refused = [&](const std::string& text) {
    const auto answer = ask_with(text);
    CHECK(answer.status == 400);
    CHECK(member(answer.body, "error") == "invalid_client");
    clock.advance(2min);  // past the wait for failing, where there is one
    return member(answer.body, "error_description");
  };
  const auto next = [&jti] { return "jti-" + std::to_string(++jti); };
  CHECK(refused(assertion("signer", 0s, 60s, next(), "https://other.example")).find("aud") != std::string::npos);
  CHECK(refused(assertion("app", 0s, 60s, next())).find("no key with this kid") != std::string::npos);
  CHECK(refused(assertion("nobody", 0s, 60s, next())).find("no key with this kid") != std::string::npos);
  CHECK(refused(assertion("signer", 0s, 60s, "")).find("jti") != std::string::npos);
  CHECK(refused(assertion("signer", 0s, 62min, next())).find("an hour") != std::string::npos);
  clock.advance(1h);
  CHECK(refused(assertion("signer", -11min, 30min, next())).find("660 s ago") != std::string::npos);
  CHECK(refused(assertion("signer", -200s, -65s, next())).find("65 s ago") != std::string::npos);
  CHECK(refused(assertion("signer", 95s, 200s, next())).find("95 s ahead") != std::string::npos);
  CHECK(refused("x.y.z").find("JWT") != std::string::npos);
  auto forged = assertion("signer", 0s, 60s, next());
  forged.back() = forged.back() == 'A' ? 'Q' : 'A';
  CHECK_FALSE(refused(forged).empty());
  CHECK(ask_with(assertion("signer", 0s, 1h, next())).status == 200);     // what Authlib sends
  CHECK(ask_with(assertion("signer", 55s, 120s, next())).status == 200);  // within the leeway
  CHECK(ask_with(assertion("signer", -120s, -55s, next())).status == 200);
}

TEST_CASE_METHOD(World, "an assertion needs no iat: it is as old as it can be") {
  add("signer", {"asset:update"}, security::jwks({client_key()}));
  take_up();
  const auto early = ask_with(assertion("signer", {}, 60s, "early"));  // may have been used before the start
  CHECK(early.status == 503);
  CHECK(member(early.body, "error") == "temporarily_unavailable");
  CHECK(member(early.body, "error_description").find("iat") != std::string::npos);
  clock.advance(539s);
  CHECK(ask_with(assertion("signer", {}, 60s, "still early")).status == 503);
  clock.advance(1s);
  CHECK(ask_with(assertion("signer", {}, 60s, "late enough")).status == 200);
  clock.advance(1min);
  const auto good = assertion("signer", {}, 60s, "good");
  CHECK(ask_with(good).status == 200);
  CHECK(ask_with(good).status == 400);
  CHECK(ask_with(assertion("signer", {}, 10min, "latest")).status == 200);
  const auto far = ask_with(assertion("signer", {}, 12min, "far"));
  CHECK(far.status == 400);
  CHECK(member(far.body, "error_description").find("10 minutes ahead") != std::string::npos);
  CHECK(ask_with(assertion("signer", {}, -2min, "ended")).status == 400);
}

TEST_CASE_METHOD(World, "an assertion without iat is as old as its nbf, which it cannot have been used before") {
  add("signer", {}, security::jwks({client_key()}));
  take_up();
  CHECK(ask_with(assertion("signer", {}, 60s, "at the start", {}, 0s)).status == 200);
  CHECK(ask_with(assertion("signer", {}, 60s, "before it", {}, -1s)).status == 503);
  CHECK(ask_with(assertion("signer", {}, 60s, "ahead", {}, 90s)).status == 400);
  clock.advance(10min);
  const auto old = assertion("signer", {}, 60s, "old", {}, -1h);
  CHECK(ask_with(old).status == 200);  // it says nothing that its exp does not say
  CHECK(ask_with(old).status == 400);
  CHECK(ask_with(assertion("signer", {}, 11min + 1s, "far", {}, 0s)).status == 400);  // no more than without
}

TEST_CASE_METHOD(World, "an nbf lets nothing be used twice, however far the exp is") {
  add("signer", {}, security::jwks({client_key()}));
  take_up();
  clock.advance(10min);
  const auto once = assertion("signer", {}, 10min, "once", {}, -9min);
  CHECK(ask_with(once).status == 200);
  for (int i = 0; i < 24; ++i) {
    clock.advance(30s);
    CHECK(ask_with(once).status == 400);
  }
}

TEST_CASE_METHOD(World, "what differs between an assertion and the registered keys is told") {
  const auto& key = client_key();
  const auto other = security::SigningKey::generate(security::Algorithm::es256);
  add("signer", {}, security::jwks({key}));
  take_up();
  const auto told = [&](const std::string& assertion) {
    const auto answer = ask_with(assertion);
    CHECK(answer.status == 400);
    CHECK(member(answer.body, "error") == "invalid_client");
    clock.advance(2min);  // past the wait for failing
    return member(answer.body, "error_description");
  };
  const auto foreign = other.sign("JWT", R"({"iss":"signer","sub":"signer","exp":1})");
  CHECK(told(foreign).find("no key with this kid") != std::string::npos);
  auto changed = assertion("signer", 0s, 60s, "changed");
  auto& letter = changed[changed.size() - 10];
  letter = letter == 'A' ? 'B' : 'A';
  CHECK(told(changed).find("signature") != std::string::npos);
}

}  // namespace
}  // namespace dontgoback::auth
