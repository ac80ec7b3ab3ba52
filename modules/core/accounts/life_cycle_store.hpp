#pragma once

#include <string_view>

#include "life_cycle.hpp"

// What changes rows of `accounts` and `account_history`.
namespace dontgoback::core::accounts {

/// ACTIVE, with kFirstAmount.
UserId insert_account(storage::Connection& connection, const NewAccount& account);
void update_status(storage::Connection& connection, UserId id, AccountStatus status);
void update_role(storage::Connection& connection, UserId id, http::Role role);
void add_history(storage::Connection& connection, UserId id, AccountStatus status, std::string_view reason,
                 time::Timestamp now);
/// With its history.
void delete_account(storage::Connection& connection, UserId id);

}  // namespace dontgoback::core::accounts
