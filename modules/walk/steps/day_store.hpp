#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "dontgoback/storage/connection.hpp"
#include "told.hpp"

// SQL of step_days.
namespace dontgoback::walk::steps {

/// As a row has it.
struct Row {
  time::Day day;
  std::int32_t total = 0;
  time::Timestamp reached_at{};
  std::int32_t confidence = 100;
  bool by_hours = false;
  bool plain = false;  ///< all that was told of the days around it was told under one offset
  Told told;
  bool is_stored = false;
};

/// What an update needs to know first.
struct Holder {
  walkers::Status status;
  bool shares_steps;
  std::int64_t offset_minutes;
  std::optional<Row> row;  ///< of the day asked for
  bool has_days_beside;    ///< within the reach asked for, where that day has no row
};

/// Holds the walker against other writers until the transaction ends. Nothing: there is none.
std::optional<Holder> hold(storage::Connection& connection, WalkerId walker, time::Day day, std::int64_t reach);
/// The rows from `from` to `to`, in order.
std::vector<Row> rows_between(storage::Connection& connection, WalkerId walker, time::Day from, time::Day to);
void write(storage::Connection& connection, WalkerId walker, const Row& row);
void remove(storage::Connection& connection, WalkerId walker, time::Day day);
/// The earliest, a transaction's worth; whether that was all.
bool remove_some(storage::Connection& connection, WalkerId walker);

}  // namespace dontgoback::walk::steps
