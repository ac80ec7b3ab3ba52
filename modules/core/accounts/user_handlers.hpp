#pragma once

#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/storage/database.hpp"

namespace dontgoback::core {

/// Accounts as signed-in people see them.
class UserHandlers {
 public:
  explicit UserHandlers(storage::Database& database) : database_(&database) {}

  http::Response me(const http::Request& request) const;
  http::Response one(const http::Request& request) const;

 private:
  storage::Database* database_;
};

}  // namespace dontgoback::core
