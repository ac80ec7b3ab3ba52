#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "walkers.hpp"

// How a row becomes a walker.
namespace dontgoback::walk::walkers {

#define WALKER_COLUMNS "w.id, w.uuid, w.nickname, w.status, w.offset_minutes, w.consented_at"

/// Seoul's, until its device tells.
inline constexpr std::int64_t kUsualOffset = 9 * 60;

template <class F, class... P>
void each_walker(storage::Connection& connection, const storage::Sql& sql, F&& take, const P&... parameters) {
  connection.each(
      sql, storage::args(parameters...),
      [&](WalkerId id, std::string_view uuid, std::string_view nickname, int status, std::int64_t offset,
          std::optional<std::int64_t> consented_at) {
        Walker walker{id, {}, std::string(nickname), static_cast<Status>(status), offset, consented_at.has_value()};
        std::copy_n(uuid.begin(), std::min(uuid.size(), walker.uuid.bytes.size()), walker.uuid.bytes.begin());
        take(std::move(walker));
      });
}

template <class... P>
std::optional<Walker> one_walker(storage::Connection& connection, const storage::Sql& sql, const P&... parameters) {
  std::optional<Walker> found;
  each_walker(
      connection, sql, [&](Walker walker) { found = std::move(walker); }, parameters...);
  return found;
}

}  // namespace dontgoback::walk::walkers
