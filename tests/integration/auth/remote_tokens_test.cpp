#include "auth/token_source/remote_tokens.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <optional>
#include <thread>

#include "dontgoback/security/tokens/token_verifier.hpp"
#include "support/auth/auth_node.hpp"

namespace dontgoback::auth {
namespace {

using namespace std::chrono_literals;

struct Fixture {
  test::SetClock clock;
  test::TemporaryDirectory data;
  std::optional<test::AuthNode> auth{std::in_place, clock, data.path()};
  const std::string address = auth->node.address();
  test::CountingClient client;
  std::shared_ptr<ports::TokenSource> tokens = source("s3cret");

  std::shared_ptr<ports::TokenSource> source(const std::string& secret) {
    return make_remote_token_source(
        client, "http://" + address, "core", [secret] { return secret; }, clock);
  }
  int asked() const { return client.calls("/token"); }
};

/// The tokens that sixteen callers at once are given.
std::vector<std::string> given_to_sixteen(ports::TokenSource& tokens) {
  std::atomic<int> ready{0};
  std::vector<std::string> given(16);
  std::vector<std::thread> threads;
  for (auto& mine : given) {
    threads.emplace_back([&] {
      ++ready;
      while (ready < 16) std::this_thread::yield();
      if (const auto token = tokens.token()) mine = *token;
    });
  }
  for (auto& thread : threads) thread.join();
  return given;
}

TEST_CASE_METHOD(Fixture, "sixteen callers share one token and one renewal") {
  const auto first = given_to_sixteen(*tokens);
  CHECK(first == std::vector<std::string>(16, first.front()));
  CHECK_FALSE(first.front().empty());
  CHECK(asked() == 1);
  clock.advance(4min + 1s);  // less than a minute remains
  const auto second = given_to_sixteen(*tokens);
  CHECK(asked() == 2);
  for (const auto& token : second) CHECK((token == first.front() || token == tokens->token().value()));
  CHECK(tokens->token().value() != first.front());
}

TEST_CASE_METHOD(Fixture, "a secret that was changed meanwhile is used for the next token") {
  std::string secret = "s3cret";
  const auto source = make_remote_token_source(
      client, "http://" + address, "core", [&secret] { return secret; }, clock);
  REQUIRE(source->token());
  secret = "another";
  clock.advance(5min);
  CHECK_FALSE(source->token());
  secret = "s3cret";
  clock.advance(2min);
  CHECK(source->token());
}

TEST_CASE_METHOD(Fixture, "a refused token is replaced by one renewal") {
  const auto token = tokens->token().value();
  for (int i = 0; i < 16; ++i) tokens->forget(token);
  const auto next = given_to_sixteen(*tokens);
  CHECK(next == std::vector<std::string>(16, next.front()));
  CHECK(next.front() != token);
  CHECK(asked() == 2);
}

TEST_CASE_METHOD(Fixture, "credentials that are refused are forbidden") {
  CHECK(source("guess")->token().failure().kind == FailureKind::forbidden);
}

TEST_CASE_METHOD(Fixture, "an auth node that is away is unavailable, and is asked again when it is back") {
  auth.reset();
  for (const auto& token : given_to_sixteen(*tokens)) CHECK(token.empty());
  CHECK(tokens->token().failure().kind == FailureKind::unavailable);
  CHECK(asked() == 1);
  auth.emplace(clock, data.path(), address);
  clock.advance(1s);
  CHECK(tokens->token());
}

TEST_CASE("in process the same port signs for this node's own client") {
  test::SetClock clock;
  const test::TemporaryDirectory data;
  test::AuthNode auth(clock, data.path());
  security::Expectations expected;
  expected.issuer = auth.node.url();
  expected.audience = "urn:dontgoback";
  const security::TokenVerifier verifier(auth.keys(), expected, clock);
  const auto tokens = auth.node.ports().find<ports::TokenSource>();
  const auto token = tokens->token().value();
  const auto claims = verifier.verify(token);
  REQUIRE(claims);
  CHECK((*claims)->subject == "dontgoback-core-server");
  CHECK(tokens->token().value() == token);
  tokens->forget(token);
  CHECK(tokens->token().value() != token);
}

}  // namespace
}  // namespace dontgoback::auth
