// Distinct access tokens verified on one core, as a resource server does at a request: `verify_tokens [SECONDS]` prints
// how many a second of processor time, RS256 and ES256. There are more tokens than are remembered, so each is verified
// in full.
#include <sys/resource.h>

#include <cstdlib>
#include <iostream>
#include <string>

#include "auth/resource_server/service_tokens.hpp"
#include "dontgoback/security/jose/jwks.hpp"

using namespace dontgoback;

namespace {

constexpr int kTokens = 5'000;  // remembered are at most 4 096
constexpr int kDenials = 1'000;

class OneKey final : public security::VerificationKeys {
 public:
  explicit OneKey(const security::SigningKey& key)
      : keys_(std::make_shared<const Set>(security::parse_jwks(security::jwks({key})).value())) {}
  std::shared_ptr<const Set> current() override { return keys_; }
  std::shared_ptr<const Set> refreshed() override { return keys_; }

 private:
  const std::shared_ptr<const Set> keys_;
};

class SomeDenied final : public auth::DenyList {
 public:
  SomeDenied() {
    std::vector<auth::Denial> denials;
    for (int i = 0; i < kDenials; ++i) {
      denials.push_back({auth::Denial::Kind::token, "denied-" + std::to_string(i), {}, {}});
    }
    set_ = std::make_shared<const auth::DenySet>(std::move(denials));
  }
  std::shared_ptr<const auth::DenySet> current() const override { return set_; }

 private:
  std::shared_ptr<const auth::DenySet> set_;
};

std::vector<std::string> tokens_of(const security::SigningKey& key, std::int64_t now) {
  std::vector<std::string> tokens;
  for (int i = 0; i < kTokens; ++i) {
    tokens.push_back(
        key.sign("at+jwt",
                 R"({"iss":"https://auth.example","sub":"dontgoback-core-server","client_id":"dontgoback-core-server",)"
                 R"("aud":"urn:dontgoback","scope":"asset:update job:run","iat":)" +
                     std::to_string(now) + R"(,"exp":)" + std::to_string(now + 3600) + R"(,"jti":"0123456789abcdef-)" +
                     std::to_string(i) + "\"}"));
  }
  return tokens;
}

/// Of this thread, as `openssl speed` counts: without what the kernel does meanwhile.
double user_seconds() {
  rusage used{};
  ::getrusage(RUSAGE_THREAD, &used);
  return static_cast<double>(used.ru_utime.tv_sec) + static_cast<double>(used.ru_utime.tv_usec) * 1e-6;
}

double verified_per_second(security::Algorithm algorithm, double seconds) {
  const time::SystemClock clock;
  const auto key = security::SigningKey::generate(algorithm);
  const auto tokens = tokens_of(key, std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count());
  const auth::ServiceTokens verifier(std::make_shared<OneKey>(key),
                                         {.issuer = "https://auth.example", .audience = "urn:dontgoback"}, clock,
                                         std::make_shared<SomeDenied>());
  std::int64_t verified = 0;
  const double start = user_seconds();
  double used = 0;
  while (used < seconds) {
    for (const auto& token : tokens) {
      if (!verifier.verify(token)) throw std::runtime_error("a good token was refused");
    }
    verified += kTokens;
    used = user_seconds() - start;
  }
  return static_cast<double>(verified) / used;
}

}  // namespace

int main(int argc, char** argv) {
  const double seconds = argc > 1 ? std::atof(argv[1]) : 5;
  for (const auto algorithm : {security::Algorithm::rs256, security::Algorithm::es256}) {
    std::cout << security::name_of(algorithm) << ' '
              << static_cast<std::int64_t>(verified_per_second(algorithm, seconds)) << std::endl;
  }
}
