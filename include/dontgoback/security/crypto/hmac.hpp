#pragma once

#include <memory>
#include <string_view>

#include "dontgoback/security/crypto/hash.hpp"

namespace dontgoback::security {

/// HMAC-SHA256 (RFC 2104). Throws std::runtime_error only when OpenSSL is broken.
Digest hmac_sha256(std::string_view key, std::string_view bytes);

/// HMAC-SHA256 under one key, many times: what depends on the key is computed once, a seventh of the time of the
/// function above. One thread at a time; give each its own copy, which is cheap.
class HmacSha256 {
 public:
  explicit HmacSha256(std::string_view key);
  HmacSha256(const HmacSha256& other);
  HmacSha256& operator=(const HmacSha256&) = delete;
  ~HmacSha256();
  Digest operator()(std::string_view bytes);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace dontgoback::security
