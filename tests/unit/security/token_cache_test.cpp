#include "security/tokens/token_cache.hpp"

#include <catch2/catch.hpp>
#include <thread>

using namespace dontgoback::security;

namespace {

std::shared_ptr<const dontgoback::security::VerificationKeys::Set> make_set() {
  return std::make_shared<const dontgoback::security::VerificationKeys::Set>();
}

std::shared_ptr<const Claims> claims_of(std::string subject) {
  Claims claims;
  claims.subject = std::move(subject);
  return std::make_shared<const Claims>(std::move(claims));
}

}  // namespace

TEST_CASE("a token is found by its whole text and its set of keys") {
  TokenCache cache;
  const auto keys = make_set();
  const std::string tail(40, 's');
  cache.remember("a" + tail, keys, claims_of("a"));
  cache.remember("b" + tail, keys, claims_of("b"));
  CHECK(cache.find("a" + tail, keys)->subject == "a");
  CHECK(cache.find("b" + tail, keys)->subject == "b");
  CHECK(!cache.find("c" + tail, keys));
  CHECK(!cache.find(tail, keys));
  CHECK(!cache.find("", keys));
  CHECK(!cache.find("a" + tail, make_set()));
}

TEST_CASE("a token verified again counts for the new set of keys") {
  TokenCache cache;
  const auto before = make_set();
  const auto after = make_set();
  cache.remember("token", before, claims_of("a"));
  cache.remember("token", after, claims_of("a"));
  CHECK(!cache.find("token", before));
  CHECK(cache.find("token", after));
}

TEST_CASE("at most 4 096 tokens are remembered, the latest and those still in use among them") {
  TokenCache cache;
  const auto keys = make_set();
  cache.remember("in use", keys, claims_of("in use"));
  for (int i = 0; i < 10'000; ++i) {
    cache.remember("token " + std::to_string(i), keys, claims_of(std::to_string(i)));
    if (i % 1000 == 0) CHECK(cache.find("in use", keys));
  }
  int found = 0;
  for (int i = 9'999; i >= 0; --i) {
    const auto claims = cache.find("token " + std::to_string(i), keys);
    if (i >= 10'000 - 2'000) REQUIRE(claims);
    if (claims) {
      REQUIRE(claims->subject == std::to_string(i));
      ++found;
    }
  }
  CHECK(found < 4'096);
}

TEST_CASE("past its half, too, a token counts only for the set of keys it was verified by") {
  constexpr int kHalf = 2'048;
  TokenCache cache;
  const auto before = make_set();
  const auto after = make_set();
  for (int i = 0; i < 2 * kHalf; ++i)
    cache.remember("token " + std::to_string(i), before, claims_of(std::to_string(i)));
  // Both halves are full: what is in the older one cannot move to the younger.
  for (const auto* token : {"token 0", "token 2047", "token 2048", "token 4095"}) {
    CHECK(cache.find(token, before));
    CHECK(!cache.find(token, after));
  }
  cache.remember("token 0", after, claims_of("anew"));  // the older half goes
  CHECK(cache.find("token 0", after)->subject == "anew");
  CHECK(!cache.find("token 0", before));
  CHECK(!cache.find("token 2047", before));
  CHECK(!cache.find("token 2048", after));
  CHECK(cache.find("token 2048", before));  // and moves to the younger half
  CHECK(!cache.find("token 2048", after));
}

TEST_CASE("threads may share the cache") {
  TokenCache cache;
  const auto keys = make_set();
  std::vector<std::thread> threads;
  std::vector<int> wrong(4);
  for (std::size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([&cache, &keys, &count = wrong[t], t] {
      for (int i = 0; i < 5'000; ++i) {
        const auto token = std::to_string((i + static_cast<int>(t) * 100) % 3'000);
        if (const auto claims = cache.find(token, keys)) {
          count += claims->subject != token;
        } else {
          cache.remember(token, keys, claims_of(token));
        }
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(wrong == std::vector<int>(4, 0));
}
