#pragma once

#include <array>
#include <cstdint>
#include <memory>
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

inline std::string_view bytes(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace dontgoback::security
