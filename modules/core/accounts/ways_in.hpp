#pragma once

#include <algorithm>
#include <functional>
#include <vector>

#include "dontgoback/id.hpp"
#include "dontgoback/storage/connection.hpp"

namespace dontgoback::core::accounts {

/// How an account can be signed in to besides its sessions: each part that offers a way says whether an account has it.
class WaysIn {
 public:
  using Has = std::function<bool(storage::Connection&, UserId)>;

  explicit WaysIn(std::vector<Has> ways) : ways_(std::move(ways)) {}

  /// Whether any is left. Asked after one was taken away, in the same transaction, with the account locked.
  bool any(storage::Connection& connection, UserId user) const {
    return std::ranges::any_of(ways_, [&](const Has& has) { return has(connection, user); });
  }

 private:
  std::vector<Has> ways_;
};

}  // namespace dontgoback::core::accounts
