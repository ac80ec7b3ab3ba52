#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace dontgoback::security {

using Digest = std::array<std::uint8_t, 32>;

Digest sha256(std::string_view bytes);

/// SHA-256 of bytes that come in parts. One thread at a time.
class Sha256 {
 public:
  Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  ~Sha256();
  void add(std::string_view bytes);
  /// Once, in the end.
  Digest digest();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

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

/// Equal, in time that depends on the lengths only.
bool equal_constant_time(std::string_view a, std::string_view b);

/// `n` bytes from the operating system's generator.
std::string random_bytes(std::size_t n);

/// RFC 4648 section 5, without padding.
std::string base64url_encode(std::string_view bytes);
/// Strict: only the alphabet, no padding, no stray bits.
std::optional<std::string> base64url_decode(std::string_view text);
/// RFC 4648 section 4, with padding, one line.
std::string base64_encode(std::string_view bytes);
std::optional<std::string> base64_decode(std::string_view text);

std::string hex(std::string_view bytes);

inline std::string_view bytes(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace dontgoback::security
