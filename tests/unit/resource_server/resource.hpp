#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "auth/resource_server/proof.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/jose/signing_key.hpp"
#include "fields.hpp"
#include "support/set_clock.hpp"
#include "unit/security/forge.hpp"

namespace dontgoback::test {

using namespace auth;
using namespace security;
using namespace std::chrono_literals;

using Outcome = ProofResult::Outcome;

inline constexpr std::string_view kToken = "the.access.token";

/// What a proof of possession is shown to, an hour after it began.
struct Resource {
  SetClock clock;
  std::optional<ReplayMemory> memory{std::in_place, clock, 32};
  std::chrono::seconds leeway = 60s;
  std::vector<std::string> urls{"http://127.0.0.1:8092", "https://api.test"};
  std::optional<ProofVerifier> verifier;  ///< of one process; else a new one each time

  Resource() { clock.advance(1h); }

  std::int64_t now() const { return std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count(); }

  /// Good claims as JSON values, changed by name; an empty value takes the claim away. Each has a jti of its own.
  std::string claims(const std::map<std::string, std::string>& changes = {}) {
    std::map<std::string, std::string> all{{"jti", '"' + std::to_string(++made_) + '"'},
                                           {"htm", R"("POST")"},
                                           {"htu", R"("https://api.test/msa/ext")"},
                                           {"iat", std::to_string(now())},
                                           {"ath", '"' + base64url_encode(bytes(sha256(kToken))) + '"'}};
    for (const auto& [name, value] : changes) all[name] = value;
    std::string text;
    for (const auto& [name, value] : all) {
      if (!value.empty()) text += (text.empty() ? "{\"" : ",\"") + name + "\":" + value;
    }
    return text + "}";
  }

  std::string proof(const std::map<std::string, std::string>& changes = {}, const SigningKey& key = ec_key()) {
    return prove(key, claims(changes));
  }

  ProofResult verify(std::vector<std::string> proofs, std::optional<std::string_view> token = kToken,
                     http::Method method = http::Method::post, std::string_view path = "/msa/ext",
                     const Prover& prover = {}) {
    const Fields fields({{"DPoP", std::move(proofs)}});
    http::Request request;
    request.method = method;
    request.path = path;
    request.headers = &fields;
    if (verifier) return verifier->verify(request, token, prover);
    return ProofVerifier(urls, leeway, *memory, clock).verify(request, token, prover);
  }
  ProofResult verify(const std::string& proof) { return verify(std::vector{proof}); }

 private:
  int made_ = 0;
};

}  // namespace dontgoback::test
