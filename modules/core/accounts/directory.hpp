#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "account.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/day.hpp"

namespace dontgoback::core::accounts {

/// The amounts of other days than the current one's, which another part keeps.
class Fortunes {
 public:
  virtual ~Fortunes() = default;
  /// What is shown on `today` of an account whose current amount is of a day to come. Nothing: the current amount.
  virtual std::optional<Fortune> shown_on(storage::Connection& connection, UserId user, time::Day today) const = 0;
};

/// Whether one of the two blocks the other; another part knows.
using AreApart = std::function<bool(storage::Connection&, UserId, UserId)>;

/// Accounts with their names. Any thread.
class Directory {
 public:
  /// `fortunes` is to live as long.
  explicit Directory(const Fortunes& fortunes) : fortunes_(fortunes) {}

  /// The account, whatever its status, with its fortune as of today; nothing when there is none.
  std::optional<Account> find(storage::Connection& connection, UserId id, time::Day today) const;
  /// Up to `limit` accounts with ids above `after`, in order of id.
  std::vector<Account> list(storage::Connection& connection, UserId after, int limit, time::Day today) const;

 private:
  void show_fortune(storage::Connection& connection, Account& account, time::Day amount_day, time::Day today) const;

  const Fortunes& fortunes_;
};

}  // namespace dontgoback::core::accounts
