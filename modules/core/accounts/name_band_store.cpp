#include "name_band_store.hpp"

#include "accounts.hpp"
#include "dontgoback/storage/planned.hpp"

namespace dontgoback::core::accounts {
namespace {

using storage::args;
using storage::Connection;
using storage::Planned;

// Who came since all were counted bears the first amount's name, until all amounts change: nobody else need be counted.
const Planned kNewcomers("accounts/newcomers",
                         "SELECT COUNT(*) FROM (SELECT id FROM accounts {PRIMARY} WHERE id > :counted_to AND amount = "
                         ":amount AND multiplier >= :multiplier AND " +
                             is_active("accounts") + " ORDER BY id LIMIT :limit) counted");

constexpr int kAccountsAtOnce = 5000;
const Planned kBearers("accounts/names",
                       "SELECT id, amount, multiplier, amount_day FROM accounts {PRIMARY} WHERE id > :after AND id <= "
                       ":last AND " +
                           is_active("accounts") + " ORDER BY id LIMIT :limit");
const Planned kBandsBound("accounts/drop-bands-bound",
                          "SELECT MAX(name), COUNT(*) FROM (SELECT name FROM name_bands {PRIMARY} WHERE counting = "
                          ":counting ORDER BY counting, name, type LIMIT :limit) slice");
const Planned kDropBands("accounts/drop-bands",
                         "DELETE FROM name_bands {PRIMARY} WHERE counting = :counting AND name <= :bound");

}  // namespace

ShownName unlinked_name(Connection& connection, const Account& account) {
  const auto name = account.name();
  const auto type = account.type();
  const auto [counting, counted_to, holds] =
      connection
          .one<std::int64_t, UserId, bool>(
              "SELECT counting, counted_to, changes = counted_changes FROM name_countings WHERE id = 1")
          .value();
  if (holds) {
    const auto band = connection.one<std::string>(
        "SELECT shown FROM name_bands WHERE counting = :counting AND name = :name AND type = :type", counting, name,
        static_cast<int>(type));
    if (band) return {std::get<0>(*band), type};
  }
  if (account.id > counted_to && account.amount == kFirstAmount && type == AssetType::blue) {
    const auto newcomers =
        connection.one<std::int64_t>(kNewcomers.on(connection), counted_to, kFirstAmount, Multiplier{}, kHiddenAmong);
    if (newcomers && std::get<0>(*newcomers) >= kHiddenAmong) return {name, type};
  }
  return {"", AssetType::blue};
}

std::optional<std::int64_t> changes_counted(Connection& connection) {
  const auto found =
      connection.one<std::int64_t>("SELECT changes FROM name_countings WHERE id = 1 AND changes = counted_changes");
  return found ? std::optional(std::get<0>(*found)) : std::nullopt;
}

std::optional<std::int64_t> uncounted_changes(Connection& connection) {
  const auto found =
      connection.one<std::int64_t>("SELECT changes FROM name_countings WHERE id = 1 AND changes <> counted_changes");
  return found ? std::optional(std::get<0>(*found)) : std::nullopt;
}

void note_change(Connection& connection) {
  connection.execute("UPDATE name_countings SET changes = changes + 1 WHERE id = 1");
}

Counting begin_counting(Connection& connection) {
  const auto [counting, changes] =
      connection.one<std::int64_t, std::int64_t>("SELECT counting, changes FROM name_countings WHERE id = 1").value();
  return {counting + 1, changes, newest_account(connection)};
}

UserId each_bearer(Connection& connection, UserId after, UserId last, time::Day today,
                   const std::function<void(Won, Multiplier)>& row) {
  int rows = 0;
  connection.each(kBearers.on(connection), args(after, last, kAccountsAtOnce),
                  [&](UserId id, Won amount, Multiplier multiplier, time::Day day) {
                    ++rows;
                    after = id;
                    if (day <= today) row(amount, multiplier);
                  });
  return rows < kAccountsAtOnce ? last : after;
}

void add_bands(Connection& connection, std::int64_t number, std::span<const Band> bands) {
  for (const auto& band : bands) {
    connection.execute("INSERT INTO name_bands (counting, name, type, shown) VALUES (:counting, :name, :type, :shown)",
                       number, band.name, static_cast<int>(band.type), band.shown);
  }
}

void end_counting(Connection& connection, const Counting& counting) {
  connection.execute(
      "UPDATE name_countings SET counting = :counting, counted_to = :counted_to, counted_changes = :changes WHERE id = "
      "1",
      counting.number, counting.last, counting.changes);
}

bool drop_some_bands(Connection& connection, std::int64_t number) {
  const auto [bound, count] =
      connection.one<std::optional<std::string>, std::int64_t>(kBandsBound.on(connection), number, kBandsAtOnce)
          .value();
  if (bound) connection.execute(kDropBands.on(connection), number, *bound);
  return count == static_cast<std::int64_t>(kBandsAtOnce);
}

}  // namespace dontgoback::core::accounts
