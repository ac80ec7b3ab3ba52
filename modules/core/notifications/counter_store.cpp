#include <algorithm>
#include <array>

#include "dontgoback/storage/planned.hpp"
#include "store.hpp"

namespace dontgoback::core::notifications {
namespace {

constexpr std::size_t kAtOnce = 64;

std::string last_statement() {
  std::string rows;
  for (std::size_t i = 0; i < kAtOnce; ++i) {
    rows.append(i == 0 ? "(:u" : ", (:u").append(std::to_string(i)).append(")");
  }
  return "WITH v (id) AS (VALUES " + rows +
         ") SELECT v.id, c.last_number FROM v CROSS JOIN notification_counters c {PRIMARY} ON c.user_id = v.id";
}

const storage::Planned kLast("notifications/last-numbers", last_statement());

}  // namespace

Number last_number(storage::Connection& connection, UserId user) {
  const auto last =
      connection.one<Number>("SELECT last_number FROM notification_counters WHERE user_id = :user_id", user);
  return last ? std::get<0>(*last) : 0;
}

std::vector<LastNumber> last_numbers(storage::Connection& connection, std::span<const UserId> users) {
  constexpr std::array kColumns{storage::ColumnType::integer, storage::ColumnType::integer};
  std::vector<LastNumber> found;
  while (!users.empty()) {
    const auto asked = users.first(std::min(users.size(), kAtOnce));
    users = users.subspan(asked.size());
    // Padded with nobody's id, so that there is one text only.
    std::vector<storage::Value> values(kAtOnce, storage::Value(UserId{}));
    std::ranges::copy(asked, values.begin());
    connection.run(kLast.on(connection), values, kColumns, [&found](std::span<const storage::Cell> cells) {
      found.push_back({UserId{cells[0].integer}, cells[1].integer});
    });
  }
  return found;
}

}  // namespace dontgoback::core::notifications
