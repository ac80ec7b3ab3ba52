#pragma once

#include <catch2/catch.hpp>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/security/tokens/token_verifier.hpp"
#include "forge.hpp"
#include "support/set_clock.hpp"

// A node that verifies, and good tokens to change.
namespace dontgoback::test {

struct VerifyingNode {
  std::shared_ptr<ChangingKeys> keys = std::make_shared<ChangingKeys>();
  SetClock clock;
  security::Expectations expected{.issuer = "http://127.0.0.1:8091", .audience = "urn:dontgoback"};

  explicit VerifyingNode(const std::vector<security::SigningKey>& known = {rsa_key()}) {
    keys->known = ChangingKeys::set_of(known);
  }

  std::int64_t now() const { return std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count(); }

  /// Good claims as JSON values, changed by name; an empty value takes the claim away.
  std::string claims(const std::map<std::string, std::string>& changes = {}) const {
    std::map<std::string, std::string> all{{"iss", R"("http://127.0.0.1:8091")"},
                                           {"sub", R"("core")"},
                                           {"aud", R"("urn:dontgoback")"},
                                           {"client_id", R"("core")"},
                                           {"scope", R"("asset:update asset:read")"},
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

  bool takes(std::string_view token) const { return takes(security::TokenVerifier(keys, expected, clock), token); }
  /// Whether it does; a token that is not taken is always unauthenticated.
  static bool takes(const security::TokenVerifier& verifier, std::string_view token) {
    const auto result = verifier.verify(token);
    if (!result) CHECK(result.failure().kind == FailureKind::unauthenticated);
    return result.has_value();
  }
};

inline std::string header(const security::SigningKey& key, std::string_view more) {
  return R"({"alg":"RS256","kid":")" + key.kid() + '"' + std::string(more) + '}';
}

}  // namespace dontgoback::test
