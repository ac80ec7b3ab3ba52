#include "dontgoback/security/crypto/base64.hpp"
#include "support/authenticator.hpp"
#include "support/core/world.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;
using security::base64url_decode;
using security::base64url_encode;

namespace {

constexpr std::string_view kPasskeys = "/api/v1/users/me/passkeys";
constexpr std::string_view kSignIn = "/api/v1/sign-in/passkey";

const security::SigningKey& key() {
  static const auto kKey = security::SigningKey::generate(security::Algorithm::es256);
  return kKey;
}

std::string text_at(const Answer& answer, std::string_view pointer) {
  return std::string(answer.at(pointer).as_string());
}

std::string options_path(std::string_view path) { return std::string(path) + "/options"; }

/// A member's world of passkeys: the service is `https://core.test`.
struct Passkeys {
  explicit Passkeys(storage::Dialect dialect)
      : world(dialect), node(world.database, world.clock, world.fresh.directory(), {}, "https://core.test") {
    device.origin = "https://core.test";
    device.party_id = "core.test";
  }

  std::string challenge(Browser& browser, std::string_view path) {
    const auto options = browser.post(options_path(path));
    REQUIRE(options.status == 200);
    return base64url_decode(text_at(options, "/data/challenge")).value();
  }
  std::string made(const std::string& challenge) const {
    return R"({"id":"x","type":"public-key","response":{"clientDataJSON":")" +
           base64url_encode(device.client_data("webauthn.create", challenge)) + R"(","attestationObject":")" +
           base64url_encode(device.attestation_object()) + "\"}}";
  }
  std::string assertion(const std::string& challenge, const std::string& more = {}) const {
    const auto client_data = device.client_data("webauthn.get", challenge);
    const auto data = device.authenticator_data(false);
    return R"({"id":")" + base64url_encode(device.credential_id()) + R"(","response":{"clientDataJSON":")" +
           base64url_encode(client_data) + R"(","authenticatorData":")" + base64url_encode(data) +
           R"(","signature":")" + base64url_encode(device.sign(data, client_data)) + "\"}" + more + "}";
  }
  Answer register_with(Browser& browser) { return browser.post(kPasskeys, made(challenge(browser, kPasskeys))); }
  Answer sign_in_with(Browser& browser, const std::string& more = {}) {
    return browser.post(kSignIn, assertion(challenge(browser, kSignIn), more));
  }
  UserId member_with_passkey() {
    const auto user = node.create_user();
    auto browser = node.signed_in(user);
    REQUIRE(register_with(browser).status == 201);
    return user;
  }

  World world;
  CoreNode node;
  Authenticator device{key()};
};

}  // namespace

TEST_CASE("A member registers a passkey and signs in by it") {
  Passkeys passkeys(ON_EACH_DATABASE());
  const auto user = passkeys.node.create_user();
  auto member = passkeys.node.signed_in(user);
  const auto options = member.post(options_path(kPasskeys));
  CHECK(text_at(options, "/data/rp/id") == "core.test");
  CHECK(text_at(options, "/data/user/name") == "DontGoBack");
  CHECK(base64url_decode(text_at(options, "/data/user/id"))->size() == 32);
  CHECK(text_at(options, "/data/authenticatorSelection/userVerification") == "required");
  CHECK(text_at(options, "/data/attestation") == "none");
  CHECK(member.post(options_path(kPasskeys)).at("/data/user/id") == options.at("/data/user/id"));

  CHECK(passkeys.register_with(member).status == 201);
  const auto list = member.get(kPasskeys);
  REQUIRE(list.at("/data/passkeys").as_array().size() == 1);
  CHECK(list.at("/data/passkeys/0/lastUsedAt").is_null());
  CHECK(text_at(member.post(options_path(kPasskeys)), "/data/excludeCredentials/0/id") ==
        base64url_encode(passkeys.device.credential_id()));

  auto other = passkeys.node.browser();
  const auto signed_in = passkeys.sign_in_with(other);
  CHECK(signed_in.status == 200);
  CHECK(text_at(signed_in, "/data/location") == "/");
  CHECK(other.get("/api/v1/users/me").at("/data/userId") == user.value);
  CHECK_FALSE(other.get(kPasskeys).at("/data/passkeys/0/lastUsedAt").is_null());
}

TEST_CASE("A challenge is good once, for five minutes, for who asked and for what") {
  Passkeys passkeys(ON_EACH_DATABASE());
  passkeys.member_with_passkey();
  auto browser = passkeys.node.browser();

  const auto used = passkeys.challenge(browser, kSignIn);
  CHECK(browser.post(kSignIn, passkeys.assertion(used)).status == 200);
  auto thief = passkeys.node.browser();
  CHECK(thief.post(kSignIn, passkeys.assertion(used)).status == 400);
  CHECK(thief.jar.empty());

  const auto in_time = passkeys.challenge(thief, kSignIn);
  const auto late = passkeys.challenge(thief, kSignIn);
  passkeys.world.clock.advance(5min - 1ms);
  CHECK(thief.post(kSignIn, passkeys.assertion(in_time)).status == 200);
  passkeys.world.clock.advance(1ms);
  auto slow = passkeys.node.browser();
  CHECK(slow.post(kSignIn, passkeys.assertion(late)).status == 400);

  CHECK(slow.post(kSignIn, passkeys.assertion(std::string(32, 'x'))).status == 400);

  // One to register with is not one to sign in with, and is its member's alone.
  auto member = passkeys.node.signed_in(passkeys.node.create_user());
  auto another = passkeys.node.signed_in(passkeys.node.create_user());
  const auto to_register = passkeys.challenge(member, kPasskeys);
  CHECK(slow.post(kSignIn, passkeys.assertion(to_register)).status == 400);
  passkeys.device = Authenticator(key(), std::string(20, 'd'));
  passkeys.device.origin = "https://core.test";
  passkeys.device.party_id = "core.test";
  CHECK(another.post(kPasskeys, passkeys.made(to_register)).status == 400);
  CHECK(member.post(kPasskeys, passkeys.made(to_register)).status == 201);
}

TEST_CASE("What is not a good passkey signs nobody in, and says the same") {
  Passkeys passkeys(ON_EACH_DATABASE());
  passkeys.member_with_passkey();
  auto browser = passkeys.node.browser();
  std::string more;
  SECTION("an unknown one") {
    passkeys.device = Authenticator(key(), std::string(20, 'u'));
    passkeys.device.origin = "https://core.test";
    passkeys.device.party_id = "core.test";
  }
  SECTION("another origin") { passkeys.device.origin = "https://core.test.evil.example"; }
  SECTION("not verified") { passkeys.device.flags = 0x01; }
  const auto answer = passkeys.sign_in_with(browser, more);
  CHECK(answer.status == 400);
  CHECK(browser.jar.empty());
}

TEST_CASE("A passkey of one account is no other's, and a device is registered once") {
  Passkeys passkeys(ON_EACH_DATABASE());
  const auto user = passkeys.member_with_passkey();
  auto other = passkeys.node.signed_in(passkeys.node.create_user());
  CHECK(passkeys.register_with(other).status == 409);
  auto member = passkeys.node.signed_in(user);
  const auto id = std::to_string(member.get(kPasskeys).number("/data/passkeys/0/passkeyId"));
  CHECK(other.send("DELETE", std::string(kPasskeys) + "/" + id).status == 404);
  CHECK(member.get(kPasskeys).at("/data/passkeys").as_array().size() == 1);
}

TEST_CASE("The last way in stays") {
  Passkeys passkeys(ON_EACH_DATABASE());
  const auto user = passkeys.member_with_passkey();
  auto member = passkeys.node.signed_in(user);
  const auto first =
      std::string(kPasskeys) + "/" + std::to_string(member.get(kPasskeys).number("/data/passkeys/0/passkeyId"));
  CHECK(member.send("DELETE", first).status == 409);
  CHECK(member.get(kPasskeys).at("/data/passkeys").as_array().size() == 1);

  passkeys.device = Authenticator(key(), std::string(20, 'e'));
  passkeys.device.origin = "https://core.test";
  passkeys.device.party_id = "core.test";
  CHECK(passkeys.register_with(member).status == 201);
  CHECK(member.send("DELETE", first).status == 200);
  CHECK(member.send("DELETE", first).status == 404);
}

TEST_CASE("An account has ten passkeys at most") {
  Passkeys passkeys(ON_EACH_DATABASE());
  auto member = passkeys.node.signed_in(passkeys.node.create_user());
  for (char name = 'a'; name < 'k'; ++name) {
    const auto origin = passkeys.device.origin;
    passkeys.device = Authenticator(key(), std::string(20, name));
    passkeys.device.origin = origin;
    passkeys.device.party_id = "core.test";
    CHECK(passkeys.register_with(member).status == 201);
  }
  CHECK(member.post(options_path(kPasskeys)).status == 409);
}

TEST_CASE("A counter that falls is told, and signs in all the same") {
  Passkeys passkeys(ON_EACH_DATABASE());
  passkeys.device.counter = 5;
  const auto user = passkeys.member_with_passkey();
  auto member = passkeys.node.signed_in(user);
  auto browser = passkeys.node.browser();
  const auto signs_in = [&](std::uint32_t counter, std::string_view location, bool copied) {
    passkeys.device.counter = counter;
    const auto answer = passkeys.sign_in_with(browser);
    CHECK(answer.status == 200);
    CHECK(text_at(answer, "/data/location") == location);
    CHECK(member.get(kPasskeys).at("/data/passkeys/0/copied") == copied);
  };
  signs_in(6, "/", false);
  // Said where it happens, and remembered.
  signs_in(6, "/login?status=passkey-copied", true);
  signs_in(7, "/", true);
}

TEST_CASE("A guest has no passkey, and takes along what they wrote only when they say so") {
  Passkeys passkeys(ON_EACH_DATABASE());
  const auto user = passkeys.member_with_passkey();
  for (const bool keep : {false, true}) {
    auto guest = passkeys.node.guest();
    CHECK(guest.post(options_path(kPasskeys)).status == 403);
    const auto post = guest.post("/api/v1/feeds", R"({"content":"안녕하세요"})");
    REQUIRE(post.status == 201);
    const auto path = "/api/v1/feeds/" + std::to_string(post.number("/data/feedId"));
    CHECK(passkeys.sign_in_with(guest, keep ? R"(,"keepPosts":true)" : "").status == 200);
    CHECK((guest.get(path).number("/data/userId") == user.value) == keep);
  }
}

TEST_CASE("A suspended member is told so, and uses the challenge up") {
  Passkeys passkeys(ON_EACH_DATABASE());
  const auto user = passkeys.member_with_passkey();
  passkeys.node.users("suspend", {{"id", std::to_string(user.value)}, {"reason", "spam"}});
  auto browser = passkeys.node.browser();
  CHECK(passkeys.sign_in_with(browser).status == 403);
  CHECK(passkeys.world.number("SELECT COUNT(*) FROM passkey_challenges") == 0);
}

TEST_CASE("Passkeys go with their account, and challenges that nobody used by the purge") {
  Passkeys passkeys(ON_EACH_DATABASE());
  passkeys.member_with_passkey();
  auto browser = passkeys.node.browser();
  passkeys.challenge(browser, kSignIn);
  passkeys.world.clock.advance(24h);
  CHECK(passkeys.node.scheduler().run_now("sign-in-tries"));
  CHECK(passkeys.world.number("SELECT COUNT(*) FROM passkey_challenges") == 0);
}

TEST_CASE("Malformed answers are 400") {
  Passkeys passkeys(ON_EACH_DATABASE());
  auto member = passkeys.node.signed_in(passkeys.node.create_user());
  for (const auto* body :
       {"", "{}", "[]", R"({"response":{}})", R"({"response":{"clientDataJSON":"!","attestationObject":""}})",
        R"({"response":{"clientDataJSON":"e30","attestationObject":"e30"}})"}) {
    CAPTURE(body);
    CHECK(member.post(kPasskeys, body).status == 400);
    CHECK(member.post(kSignIn, body).status == 400);
  }
}
