#include "amounts.hpp"
#include "dontgoback/storage/planned.hpp"
#include "fragments.hpp"
#include "name_bands.hpp"

namespace dontgoback::core::accounts {
namespace {

using storage::Connection;

constexpr std::string_view kBand =
    "SELECT b.shown, n.counted_to FROM name_countings n LEFT JOIN name_bands b ON b.counting = n.counting AND "
    "b.name = :name AND b.type = :type AND n.changes = n.counted_changes WHERE n.id = 1";

// Who came since all were counted bears the first amount's name, until all amounts change: nobody else need be counted.
const storage::Planned kNewcomers(
    "accounts/newcomers",
    "SELECT COUNT(*) FROM (SELECT id FROM accounts {PRIMARY} WHERE id > :counted_to AND amount = "
    ":amount AND multiplier >= :multiplier AND " +
        is_active("accounts") + " ORDER BY id LIMIT :limit) counted");

}  // namespace

ShownName unlinked_name(Connection& connection, const Account& account) {
  const auto name = account.name();
  const auto type = account.type();
  const auto found = connection.one<std::optional<std::string>, UserId>(kBand, name, static_cast<int>(type)).value();
  if (const auto& band = std::get<0>(found)) return {*band, type};
  const auto counted_to = std::get<1>(found);
  if (account.id > counted_to && account.amount == kFirstAmount && type == AssetType::blue) {
    const auto newcomers = connection.one<std::int64_t>(kNewcomers.on(connection), counted_to, kFirstAmount,
                                                        Multiplier{Multiplier::kOne}, kHiddenAmong);
    if (newcomers && std::get<0>(*newcomers) >= kHiddenAmong) return {name, type};
  }
  return {"", AssetType::blue};
}

}  // namespace dontgoback::core::accounts
