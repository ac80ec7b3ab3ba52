#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "dontgoback/security/jws.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::auth {

/// Makes access tokens for calls between servers (contract, section 4; RFC 9068). Any thread; signing is CPU work.
class Issuer {
 public:
  static constexpr std::chrono::minutes kLifetime{5};

  Issuer(security::SigningKey key, std::string url, const time::Clock& clock)
      : key_(std::move(key)), url_(std::move(url)), clock_(clock) {}

  const security::SigningKey& key() const { return key_; }
  std::string issue(std::string_view client_id, std::string_view scopes) const;

 private:
  const security::SigningKey key_;
  const std::string url_;
  const time::Clock& clock_;
};

}  // namespace dontgoback::auth
