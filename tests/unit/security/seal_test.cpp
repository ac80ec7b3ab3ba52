#include "dontgoback/security/crypto/seal.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "dontgoback/security/crypto/random_bytes.hpp"

using namespace dontgoback::security;

TEST_CASE("what was sealed comes back with the same key and context only") {
  const auto key = random_bytes(32);
  for (const auto& plain : {std::string(), std::string("a"), std::string("\0\xff", 2), std::string(100'000, 'x')}) {
    const auto sealed = seal(key, plain, "session-key/1");
    CHECK(sealed.size() == plain.size() + 28);
    CHECK(unseal(key, sealed, "session-key/1") == plain);
    CHECK_THROWS_AS(unseal(random_bytes(32), sealed, "session-key/1"), std::runtime_error);
    CHECK_THROWS_AS(unseal(key, sealed, "session-key/2"), std::runtime_error);
    CHECK_THROWS_AS(unseal(key, sealed, ""), std::runtime_error);
  }
}

TEST_CASE("any changed, missing or added byte is noticed") {
  const auto key = random_bytes(32);
  const auto sealed = seal(key, "the private key", "context");
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    auto changed = sealed;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    CHECK_THROWS_AS(unseal(key, changed, "context"), std::runtime_error);
    CHECK_THROWS_AS(unseal(key, sealed.substr(0, at), "context"), std::runtime_error);
  }
  CHECK_THROWS_AS(unseal(key, sealed + '\0', "context"), std::runtime_error);
}

TEST_CASE("the same text is never sealed to the same bytes") {
  const auto key = random_bytes(32);
  CHECK(seal(key, "text", "") != seal(key, "text", ""));
}

TEST_CASE("a key of another length is refused") {
  CHECK_THROWS_AS(seal(std::string(31, 'k'), "text", ""), std::runtime_error);
  CHECK_THROWS_AS(seal("", "text", ""), std::runtime_error);
  CHECK_THROWS_AS(unseal(std::string(33, 'k'), std::string(40, 's'), ""), std::runtime_error);
}
