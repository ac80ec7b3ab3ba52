#pragma once

#include <optional>

#include "accounts.hpp"
#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock.hpp"
#include "dontgoback/time/day.hpp"

namespace dontgoback::core::accounts {

/// Accounts as signed-in people see them.
class UserHandlers {
 public:
  UserHandlers(storage::Database& database, const time::Clock& clock, const time::Zone& zone)
      : database_(&database), clock_(&clock), zone_(&zone) {}

  http::Response me(const http::Request& request) const;
  http::Response one(const http::Request& request) const;

 private:
  std::optional<Account> find(UserId id) const;

  storage::Database* database_;
  const time::Clock* clock_;
  const time::Zone* zone_;
};

}  // namespace dontgoback::core::accounts
