#pragma once

#include <memory>
#include <mutex>
#include <set>

#include "dontgoback/id.hpp"

namespace dontgoback::core::exports {

/// Whose export is being made: one of an account at a time, so that nobody takes all the places. Any thread.
class Claims {
 public:
  /// The account's one export, until the last copy goes; null while it has one.
  static std::shared_ptr<const void> take(const std::shared_ptr<Claims>& claims, UserId user) {
    const std::lock_guard lock(claims->mutex_);
    if (!claims->users_.insert(user.value).second) return nullptr;
    return {claims.get(), [claims, user](const void*) {
              const std::lock_guard release(claims->mutex_);
              claims->users_.erase(user.value);
            }};
  }

 private:
  std::mutex mutex_;
  std::set<std::int64_t> users_;
};

}  // namespace dontgoback::core::exports
