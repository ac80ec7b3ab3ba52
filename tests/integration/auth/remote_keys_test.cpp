#include <atomic>
#include <catch2/catch.hpp>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "auth/resource_server/remote.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/jose/algorithm.hpp"
#include "dontgoback/security/jose/jwks.hpp"
#include "dontgoback/security/jose/jws.hpp"
#include "dontgoback/security/jose/signing_key.hpp"
#include "integration/jobs/signals.hpp"
#include "support/auth/auth_node.hpp"

namespace dontgoback::auth {
namespace {

using namespace std::chrono_literals;
using test::eventually;

/// Keys fetched from an auth node that may be away, and come back on the same port.
struct Fixture {
  test::SetClock clock;
  test::TemporaryDirectory data;
  test::TemporaryDirectory other_data;
  std::optional<test::AuthNode> auth{std::in_place, clock, data.path()};
  const std::string address = auth->node.address();
  test::CountingClient client;
  std::shared_ptr<security::VerificationKeys> keys = make_remote_verification_keys(client, "http://" + address, clock);

  std::string kid_at_home() { return auth->keys()->current()->front().kid(); }
  std::string known() {
    const auto set = keys->current();
    return set ? set->front().kid() : "";
  }
  void comes_back(const test::TemporaryDirectory& with) {
    auth.reset();
    auth.emplace(clock, with.path(), address);
  }
};

TEST_CASE_METHOD(Fixture, "keys are fetched once, however many ask") {
  std::atomic<int> known_to{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&] {
      if (known() == kid_at_home()) ++known_to;
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(known_to == 16);
  CHECK(client.calls("/jwks.json") == 1);
}

TEST_CASE_METHOD(Fixture, "a node starts without its auth node and recovers by itself") {
  auth.reset();
  for (int i = 0; i < 5; ++i) CHECK_FALSE(keys->current());
  CHECK(client.calls("/jwks.json") == 1);  // not at every request
  clock.advance(1s);
  CHECK_FALSE(keys->current());
  CHECK(client.calls("/jwks.json") == 2);
  comes_back(data);
  eventually([&] {
    clock.advance(1s);
    return known() == kid_at_home();
  });
}

TEST_CASE_METHOD(Fixture, "known keys are kept while the auth node is away") {
  const auto set = keys->current();
  REQUIRE(set);
  auth.reset();
  clock.advance(24h);
  CHECK(keys->current() == set);
  CHECK(keys->refreshed() == set);
  clock.advance(24h);
  CHECK(keys->current() == set);
}

TEST_CASE_METHOD(Fixture, "an unknown key is looked for, once in ten seconds") {
  const auto old = known();
  comes_back(other_data);
  CHECK(keys->refreshed()->front().kid() == old);
  clock.advance(9s);
  CHECK(keys->refreshed()->front().kid() == old);
  CHECK(client.calls("/jwks.json") == 1);
  clock.advance(1s);
  CHECK(keys->refreshed()->front().kid() == kid_at_home());
  CHECK(keys->refreshed()->front().kid() != old);
  CHECK(client.calls("/jwks.json") == 2);
}

TEST_CASE_METHOD(Fixture, "keys are looked at again after five minutes; the same text keeps the same set") {
  const auto set = keys->current();
  clock.advance(5min - 1s);
  CHECK(keys->current() == set);
  CHECK(client.calls("/jwks.json") == 1);
  clock.advance(1s);
  CHECK(keys->current() == set);
  CHECK(client.calls("/jwks.json") == 2);
  CHECK(keys->current() == set);
  CHECK(client.calls("/jwks.json") == 2);
}

TEST_CASE_METHOD(Fixture, "after idling the first call knows of a key that was retired meanwhile") {
  const auto retired = known();
  comes_back(other_data);
  clock.advance(5min);
  const auto newest = known();
  CHECK(newest != retired);
  CHECK(newest == kid_at_home());
}

TEST_CASE("keys that are known already are not sent again") {
  test::SetClock clock;
  const test::TemporaryDirectory data;
  const auto first = security::SigningKey::generate(security::Algorithm::es256);
  const auto second = security::SigningKey::generate(security::Algorithm::es256);
  std::atomic<const security::SigningKey*> key{&first};
  std::atomic<int> sent{0}, spared{0};
  test::TestNode server({.clock = clock, .node = test::node_in(data.path())});
  server.host().router.add({http::Method::get, "/msa/auth/api/jwks.json", http::Access::anyone(), http::Lane::inline_,
                            http::kNoBody, [&](const http::Request& request) {
                              const auto tag = '"' + key.load()->kid() + '"';
                              const bool known = request.header("If-None-Match") == tag;
                              ++(known ? spared : sent);
                              auto answer =
                                  known ? http::text(304, "") : http::text(200, security::jwks({*key.load()}));
                              answer.header("ETag", tag);
                              return answer;
                            }});
  server.run();
  test::CountingClient client;
  const auto keys = make_remote_verification_keys(client, server.url(), clock);
  const auto set = keys->current();
  REQUIRE(set);
  clock.advance(10s);
  CHECK(keys->refreshed() == set);
  CHECK((sent == 1 && spared == 1));
  key = &second;
  clock.advance(10s);
  CHECK(keys->refreshed()->front().kid() == second.kid());
  CHECK((sent == 2 && spared == 1));
}

TEST_CASE("keys that could not be read are confirmed by no 304") {
  test::SetClock clock;
  const test::TemporaryDirectory data;
  const auto first = security::SigningKey::generate(security::Algorithm::es256);
  const auto second = security::SigningKey::generate(security::Algorithm::es256);
  std::atomic<int> sent{0}, spared{0};
  test::TestNode server({.clock = clock, .node = test::node_in(data.path())});
  server.host().router.add({http::Method::get, "/msa/auth/api/jwks.json", http::Access::anyone(), http::Lane::inline_,
                            http::kNoBody, [&](const http::Request& request) {
                              if (sent == 1) return ++sent, http::text(200, "<html>");
                              if (!request.header("If-None-Match").empty()) return ++spared, http::text(304, "");
                              auto answer = http::text(200, security::jwks({sent == 0 ? first : second}));
                              answer.header("ETag", "\"of either\"");
                              return ++sent, answer;
                            }});
  server.run();
  test::CountingClient client;
  const auto keys = make_remote_verification_keys(client, server.url(), clock);
  const auto set = keys->current();
  REQUIRE(set);
  clock.advance(10s);
  CHECK(keys->refreshed() == set);
  CHECK(sent == 2);
  clock.advance(10s);
  CHECK(keys->refreshed()->front().kid() == second.kid());
  CHECK(spared == 0);
}

TEST_CASE("without any keys one caller waits for a slow look, and the others do not pile up behind it") {
  test::SetClock clock;
  const test::TemporaryDirectory data;
  const auto key = security::SigningKey::generate(security::Algorithm::es256);
  std::mutex mutex;
  std::condition_variable changed;
  bool fails = true, held = false, open = false;
  test::TestNode server({.clock = clock, .node = test::node_in(data.path())});
  server.host().router.add({http::Method::get, "/msa/auth/api/jwks.json", http::Access::anyone(), http::Lane::command,
                            http::kNoBody, [&](const http::Request&) {
                              std::unique_lock lock(mutex);
                              if (fails) return http::text(503, "");
                              held = true;
                              changed.notify_all();
                              changed.wait(lock, [&] { return open; });
                              return http::text(200, security::jwks({key}));
                            }});
  server.run();
  test::CountingClient client;
  const auto keys = make_remote_verification_keys(client, server.url(), clock);
  REQUIRE_FALSE(keys->current());
  {
    const std::lock_guard lock(mutex);
    fails = false;
  }
  clock.advance(1s);
  std::atomic<bool> had{false};
  std::jthread staying([&] { had = keys->current() != nullptr; });
  {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return held; });
  }
  CHECK_FALSE(keys->current());  // comes back while the first still waits
  CHECK_FALSE(had);
  {
    const std::lock_guard lock(mutex);
    open = true;
    changed.notify_all();
  }
  staying.join();
  CHECK(had);
  CHECK(client.calls("/jwks.json") == 2);
}

TEST_CASE("a first-release auth server has one key and refuses what it does not know") {
  const int refusal = GENERATE(401, 403, 404);
  test::SetClock clock;
  const test::TemporaryDirectory data;
  const auto key = security::SigningKey::generate(security::Algorithm::rs256);
  test::TestNode server({.clock = clock, .node = test::node_in(data.path())});
  const auto answer = [&](std::string_view path, int status, std::string body) {
    server.host().router.add({http::Method::get, path, http::Access::anyone(), http::Lane::inline_, http::kNoBody,
                              [=](const http::Request&) { return http::text(status, body); }});
  };
  answer("/msa/auth/api/public-key", 200, security::base64_encode(key.public_der()));
  answer("/msa/auth/api/jwks.json", refusal, "");
  server.run();
  test::CountingClient client;
  const auto keys = make_remote_verification_keys(client, server.url(), clock)->current();
  REQUIRE(keys);
  const auto token = key.sign("JWT", "{}");
  const auto parsed = security::parse_jws(token).value();
  CHECK(keys->front().verify(parsed.signing_input, parsed.signature));
}

TEST_CASE("a refusal in place of a JWKS that was there is none of a first-release server's") {
  const int refusal = GENERATE(401, 403, 404, 405);
  test::SetClock clock;
  const test::TemporaryDirectory data;
  const auto key = security::SigningKey::generate(security::Algorithm::es256);
  const auto older = security::SigningKey::generate(security::Algorithm::rs256);
  std::atomic<bool> refuses{false};
  test::TestNode server({.clock = clock, .node = test::node_in(data.path())});
  const auto answer = [&](std::string_view path, std::function<http::Response()> with) {
    server.host().router.add({http::Method::get, path, http::Access::anyone(), http::Lane::inline_, http::kNoBody,
                              [with](const http::Request&) { return with(); }});
  };
  answer("/msa/auth/api/public-key", [&] { return http::text(200, security::base64_encode(older.public_der())); });
  answer("/msa/auth/api/jwks.json",
         [&] { return refuses ? http::text(refusal, "") : http::text(200, security::jwks({key})); });
  server.run();
  test::CountingClient client;
  const auto keys = make_remote_verification_keys(client, server.url(), clock);
  const auto set = keys->current();
  REQUIRE(set);
  refuses = true;
  for (int i = 0; i < 2; ++i) {
    clock.advance(10s);
    CHECK(keys->refreshed() == set);
  }
  CHECK(client.calls("/public-key") == 0);
  refuses = false;
  clock.advance(10s);
  CHECK(keys->refreshed() == set);
}

TEST_CASE("answers that hold no key do not count") {
  const auto [status, body] = GENERATE(table<int, std::string>(
      {{200, "<html>"}, {200, R"({"keys":[]})"}, {200, R"({"keys":[{"kty":"oct","k":"c2VjcmV0"}]})"}, {500, ""}}));
  test::SetClock clock;
  const test::TemporaryDirectory data;
  test::TestNode server({.clock = clock, .node = test::node_in(data.path())});
  server.host().router.add({http::Method::get, "/msa/auth/api/jwks.json", http::Access::anyone(), http::Lane::inline_,
                            http::kNoBody,
                            [status = status, body = body](const http::Request&) { return http::text(status, body); }});
  server.run();
  test::CountingClient client;
  CHECK_FALSE(make_remote_verification_keys(client, server.url(), clock)->current());
}

}  // namespace
}  // namespace dontgoback::auth
