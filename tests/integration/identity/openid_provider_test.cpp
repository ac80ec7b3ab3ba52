#include "dontgoback/identity/openid_provider.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <mutex>
#include <thread>

#include "dontgoback/security/jose/jwks.hpp"
#include "http/client/pooled_client.hpp"
#include "support/set_clock.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_node.hpp"

namespace dontgoback::identity {
namespace {

using namespace std::chrono_literals;
using security::SigningKey;

constexpr std::string_view kMetadata = "/.well-known/openid-configuration";
constexpr std::string_view kKeys = "/keys";

const SigningKey& first_key() {
  static const auto key = SigningKey::generate(security::Algorithm::es256);
  return key;
}
const SigningKey& second_key() {
  static const auto key = SigningKey::generate(security::Algorithm::es256);
  return key;
}

/// What the issuer shows; changed while it runs.
struct Shown {
  std::mutex mutex;
  std::string metadata;
  std::string keys;
  int metadata_status = 200;
  int keys_status = 200;
  std::chrono::milliseconds delay{0};
  std::chrono::milliseconds metadata_delay{0};
  std::atomic<int> metadata_asked{0};
  std::atomic<int> keys_asked{0};
};

/// An issuer on a socket of its own.
struct Issuer {
  Issuer(const time::Clock& clock, Shown& shown, const std::string& listen = "127.0.0.1:0")
      : node({.clock = clock, .node = test::node_in(data.path()), .listen = listen}) {
    const auto get = [&](std::string_view path, std::string Shown::*text, int Shown::*status,
                         std::atomic<int> Shown::*asked) {
      node.host().router.add({http::Method::get, path, http::Access::anyone(), http::Lane::query, http::kNoBody,
                              [&shown, path, text, status, asked](const http::Request&) {
                                ++(shown.*asked);
                                std::unique_lock lock(shown.mutex);
                                const auto delay = path == kMetadata ? shown.delay + shown.metadata_delay : shown.delay;
                                auto answer = http::text(shown.*status, shown.*text);
                                lock.unlock();
                                std::this_thread::sleep_for(delay);
                                return answer;
                              }});
    };
    get(kMetadata, &Shown::metadata, &Shown::metadata_status, &Shown::metadata_asked);
    get(kKeys, &Shown::keys, &Shown::keys_status, &Shown::keys_asked);
    node.run();
  }

  test::TemporaryDirectory data;
  test::TestNode node;
};

struct World {
  World() { show(url, {first_key()}); }

  void show(const std::string& name, const std::vector<SigningKey>& keys) {
    const std::lock_guard lock(shown.mutex);
    shown.metadata = R"({"issuer":")" + name + R"(","jwks_uri":")" + url + std::string(kKeys) +
                     R"(","token_endpoint":")" + url + R"(/token","response_types_supported":["code"]})";
    shown.keys = security::jwks(keys);
  }
  template <class T>
  void set(T Shown::*what, std::type_identity_t<T> value) {
    const std::lock_guard lock(shown.mutex);
    shown.*what = std::move(value);
  }

  std::int64_t now() const { return std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count(); }
  std::string token(const SigningKey& key = first_key(), const std::string& iss = "", const std::string& aud = "web",
                    const std::string& nonce = "n1", std::int64_t life = 300) const {
    return key.sign("JWT", R"({"iss":")" + (iss.empty() ? url : iss) + R"(","sub":"42","aud":")" + aud +
                               R"(","nonce":")" + nonce + R"(","iat":)" + std::to_string(now()) + R"(,"exp":)" +
                               std::to_string(now() + life) + '}');
  }
  Result<IdToken> verify(const std::string& text) { return provider.verify(text, Nonce{"n1"}, &why); }
  bool good(const std::string& text) { return verify(text).has_value(); }
  /// An issuer that failed is not waited for for long, so that the next token may come before its keys.
  bool good_soon(const std::string& text) {
    for (int i = 0; i < 200 && !good(text); ++i) std::this_thread::sleep_for(20ms);
    return good(text);
  }
  FailureKind kind(const std::string& text) { return verify(text).failure().kind; }

  test::SetClock clock;
  Shown shown;
  std::optional<Issuer> issuer{std::in_place, clock, shown};
  const std::string address = issuer->node.address();
  const std::string url = issuer->node.url();
  std::unique_ptr<http::Client> client = http::make_client();
  OpenIdProvider provider{*client,
                          clock,
                          {.name = "test",
                           .issuer = url,
                           .rules = {.issuers = {"test.issuer"}, .audiences = {"web"}},
                           .option = "--test-issuer"}};
  std::string why;
};

TEST_CASE_METHOD(World, "an issuer's keys are found by its metadata, once, and only when a token comes") {
  CHECK(shown.metadata_asked == 0);
  const auto who = verify(token());
  REQUIRE(who);
  CHECK((*who).subject == "42");
  CHECK((*who).client_id == "web");
  for (int i = 0; i < 5; ++i) CHECK(good(token()));
  CHECK(shown.metadata_asked == 1);
  CHECK(shown.keys_asked == 1);
  REQUIRE(provider.metadata());
  CHECK(provider.metadata()->token_endpoint == url + "/token");
  CHECK(provider.metadata()->authorization_endpoint.empty());
}

TEST_CASE_METHOD(World, "a token of another issuer, for another client, with another nonce or past its end is none") {
  const auto refused = [this](const std::string& text) {
    why.clear();
    CHECK(kind(text) == FailureKind::unauthenticated);
    return why;
  };
  CHECK(good(token(first_key(), "test.issuer")));  // another spelling
  CHECK(refused(token(first_key(), "https://evil.test")).find("iss") == 0);
  CHECK(refused(token(first_key(), "", "another")).find("aud") == 0);
  CHECK(refused(token(first_key(), "", "web", "n2")).find("nonce") == 0);
  CHECK(refused(token(first_key(), "", "web", "n1", -60)).find("ended 60 s ago") != std::string::npos);
  CHECK(refused("evil").find("no JWS") != std::string::npos);
  CHECK(refused(first_key().sign("at+jwt", "{}")).find("typ") == 0);
  CHECK(shown.keys_asked == 1);
}

TEST_CASE_METHOD(World, "a new key is found when a token names it, at most once in ten seconds") {
  REQUIRE(good(token()));
  show(url, {first_key(), second_key()});
  CHECK(!good(token(second_key())));  // within ten seconds of the first look
  CHECK(shown.keys_asked == 1);
  clock.advance(10s);
  CHECK(good(token(second_key())));
  CHECK(good(token()));
  CHECK(shown.keys_asked == 2);
  show(url, {second_key()});
  clock.advance(5min);
  CHECK(good(token(second_key())));
  CHECK(!good(token()));
}

TEST_CASE_METHOD(World, "the last good keys go on while the issuer is away, whatever the wall clock does") {
  REQUIRE(good(token()));
  issuer.reset();
  clock.advance(24h);
  CHECK(good(token()));
  clock.jump(-48h);
  CHECK(good(token()));
  show(url, {second_key()});
  issuer.emplace(clock, shown, address);
  for (int i = 0; i < 100 && !good(token(second_key())); ++i) {
    clock.advance(10s);
    std::this_thread::sleep_for(20ms);
  }
  CHECK(good(token(second_key())));
  CHECK(!good(token()));
}

TEST_CASE_METHOD(World, "an issuer that is away from the start is unavailable, and found when it is back") {
  issuer.reset();
  CHECK(kind(token()) == FailureKind::unavailable);
  CHECK(!provider.metadata());
  CHECK(provider.verify_signed(token(), "secevent+jwt").failure().kind == FailureKind::unavailable);
  issuer.emplace(clock, shown, address);
  clock.advance(1s);
  CHECK(good_soon(token()));
}

TEST_CASE_METHOD(World, "documents that are not the issuer's, are none or are too large give no keys") {
  SECTION("the metadata of another issuer") { show("https://evil.test", {first_key()}); }
  SECTION("no metadata") { set(&Shown::metadata, "<html>"); }
  SECTION("metadata without keys") { set(&Shown::metadata, R"({"issuer":")" + url + "\"}"); }
  SECTION("a refusal of metadata") { set(&Shown::metadata_status, 404); }
  SECTION("huge metadata") { set(&Shown::metadata, shown.metadata + std::string(70'000, ' ')); }
  SECTION("a refusal of keys") { set(&Shown::keys_status, 500); }
  SECTION("keys that are none") { set(&Shown::keys, R"({"keys":[]})"); }
  SECTION("huge keys") { set(&Shown::keys, shown.keys + std::string(70'000, ' ')); }
  CHECK(kind(token()) == FailureKind::unavailable);
}

TEST_CASE_METHOD(World, "slow documents hold nobody up for longer than the limit of both") {
  set(&Shown::delay, 2500ms);
  const auto before = std::chrono::steady_clock::now();
  CHECK(kind(token()) == FailureKind::unavailable);
  CHECK(std::chrono::steady_clock::now() - before < 4500ms);
}

TEST_CASE_METHOD(World, "another token that the issuer signed is its caller's to judge") {
  const auto payload = [&](const SigningKey& key, std::string_view typ) {
    const auto read = provider.verify_signed(key.sign(typ, R"({"events":{}})"), "secevent+jwt");
    return read ? *read : std::to_string(static_cast<int>(read.failure().kind));
  };
  CHECK(payload(first_key(), "JWT") == R"({"events":{}})");
  CHECK(payload(first_key(), "secevent+jwt") == R"({"events":{}})");
  const auto refused = std::to_string(static_cast<int>(FailureKind::unauthenticated));
  CHECK(payload(first_key(), "at+jwt") == refused);
  CHECK(payload(second_key(), "JWT") == refused);
  CHECK(provider.verify_signed("a.b.c", "secevent+jwt").failure().kind == FailureKind::unauthenticated);
}

TEST_CASE_METHOD(World, "who waits no longer is told so, and the look goes on for others") {
  set(&Shown::delay, 500ms);
  const auto at_once = provider.verify(token(), Nonce{"n1"}, &why, std::chrono::steady_clock::now());
  REQUIRE(!at_once);
  CHECK(at_once.failure().kind == FailureKind::unavailable);
  CHECK(!provider.metadata(std::chrono::steady_clock::now()));
  CHECK(good(token()));
  CHECK(shown.metadata_asked == 1);
  CHECK(shown.keys_asked == 1);
  show(url, {second_key()});
  clock.advance(10s);
  CHECK(!provider.verify(token(second_key()), Nonce{"n1"}, &why, std::chrono::steady_clock::now()));
  CHECK(good(token(second_key())));
  CHECK(shown.keys_asked == 2);
}

TEST_CASE_METHOD(World, "metadata that hangs keeps no new keys from us, and is asked for once an hour") {
  REQUIRE(good(token()));
  set(&Shown::metadata_delay, 3500ms);
  show(url, {second_key()});
  clock.advance(2h);
  CHECK(good_soon(token(second_key())));
  CHECK(shown.metadata_asked == 2);
  show(url, {first_key()});
  clock.advance(10min);
  CHECK(good_soon(token(first_key())));
  CHECK(shown.metadata_asked == 2);
}

TEST_CASE_METHOD(World, "an issuer that breaks is borne, and followed when it is mended") {
  REQUIRE(good(token()));
  set(&Shown::keys_status, 500);
  clock.advance(10min);
  CHECK(good(token()));
  set(&Shown::metadata, "<html>");
  clock.advance(2h);
  CHECK(good(token()));
  show(url, {second_key()});
  set(&Shown::keys_status, 200);
  clock.advance(10s);
  CHECK(good_soon(token(second_key())));
}

}  // namespace
}  // namespace dontgoback::identity
