#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "dontgoback/time/clock.hpp"
#include "keys.hpp"

namespace dontgoback::walk::walkers {

/// Nonces for ID tokens, good for ten minutes. None is kept until it has signed somebody in: a nonce says when it was
/// given out, and proves that it was. Any thread.
class Nonces {
 public:
  static constexpr std::chrono::minutes kLife{10};

  explicit Nonces(const Keys& keys) : key_(keys.of("nonce")) {}

  /// 54 characters of base64url.
  std::string give_out(time::Timestamp now) const;
  /// Whether it was given out here, not longer ago than that.
  bool is_good(std::string_view nonce, time::Timestamp now) const;

 private:
  std::string signed_with(std::string_view what) const;
  std::string key_;
};

}  // namespace dontgoback::walk::walkers
