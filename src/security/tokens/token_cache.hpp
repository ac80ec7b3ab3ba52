#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "dontgoback/security/jose/verification_keys.hpp"
#include "dontgoback/security/tokens/token_verifier.hpp"

namespace dontgoback::security {

/// Remembers verified tokens, at most `2 · kGeneration`: when the young generation is full the old one is dropped and
/// the young becomes the old; what is used again moves to the young. Any thread.
class TokenCache {
 public:
  static constexpr std::size_t kGeneration = 2048;

  /// The claims of a token verified with exactly this set of keys, or null.
  std::shared_ptr<const Claims> find(std::string_view token, const std::shared_ptr<const VerificationKeys::Set>& keys);
  void remember(std::string_view token, std::shared_ptr<const VerificationKeys::Set> keys,
                std::shared_ptr<const Claims> claims);

 private:
  struct Entry {
    std::shared_ptr<const VerificationKeys::Set> keys;  ///< held, so that no later set can have its address
    std::shared_ptr<const Claims> claims;
  };
  /// The end of a token is its signature: evenly spread, and only an issuer can make one that gets in here. Keys are
  /// compared whole.
  struct TailHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view token) const {
      constexpr std::size_t kTail = 32;
      return std::hash<std::string_view>{}(token.size() > kTail ? token.substr(token.size() - kTail) : token);
    }
  };
  using Generation = std::unordered_map<std::string, Entry, TailHash, std::equal_to<>>;

  std::mutex mutex_;
  Generation young_;
  Generation old_;
};

}  // namespace dontgoback::security
