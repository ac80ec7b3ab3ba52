#include "tokens/token_cache.hpp"

#include <utility>

namespace dontgoback::security {

std::shared_ptr<const Claims> TokenCache::find(std::string_view token,
                                               const std::shared_ptr<const VerificationKeys::Set>& keys) {
  const std::lock_guard lock(mutex_);
  auto found = young_.find(token);
  if (found == young_.end()) {
    const auto aged = old_.find(token);
    if (aged == old_.end()) return nullptr;
    if (young_.size() >= kGeneration) return aged->second.keys == keys ? aged->second.claims : nullptr;
    found = young_.insert(old_.extract(aged)).position;
  }
  return found->second.keys == keys ? found->second.claims : nullptr;
}

void TokenCache::remember(std::string_view token, std::shared_ptr<const VerificationKeys::Set> keys,
                          std::shared_ptr<const Claims> claims) {
  Generation dropped;  // freed after the lock
  const std::lock_guard lock(mutex_);
  if (young_.size() >= kGeneration) {
    dropped = std::exchange(old_, std::exchange(young_, {}));
  }
  if (young_.bucket_count() < kGeneration) {
    // A token that is not here is mostly found out at an empty bucket, without a look at others that lie elsewhere.
    young_.max_load_factor(0.25F);
    young_.reserve(kGeneration);
  }
  young_.insert_or_assign(std::string(token), Entry{std::move(keys), std::move(claims)});
}

}  // namespace dontgoback::security
