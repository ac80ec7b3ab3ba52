#include <algorithm>
#include <array>

#include "dontgoback/storage/planned.hpp"
#include "dontgoback/text/number.hpp"
#include "ended.hpp"

namespace dontgoback::core::sessions {
namespace {

constexpr std::size_t kAtOnce = 64;
constexpr std::string_view kOne = "session/";
constexpr std::string_view kOfAccount = "account/";

std::string live_statement() {
  std::string rows;
  for (std::size_t i = 0; i < kAtOnce; ++i) {
    rows.append(i == 0 ? "(:s" : ", (:s").append(std::to_string(i)).append(")");
  }
  return "WITH v (id) AS (VALUES " + rows + ") SELECT v.id FROM v CROSS JOIN sessions s {PRIMARY} ON s.id = v.id " +
         accounts::planned_join("a", "s.user_id") + " WHERE s.ended_at IS NULL AND " + accounts::is_active("a");
}

const storage::Planned kLive("sessions/live-among", live_statement());

}  // namespace

std::vector<std::int64_t> live_among(storage::Connection& connection, std::span<const std::int64_t> sessions) {
  constexpr std::array kColumns{storage::ColumnType::integer};
  std::vector<std::int64_t> live;
  while (!sessions.empty()) {
    const auto asked = sessions.first(std::min(sessions.size(), kAtOnce));
    sessions = sessions.subspan(asked.size());
    // Padded with nobody's, so that there is one text only.
    std::vector<storage::Value> values(kAtOnce, storage::Value(0));
    std::ranges::copy(asked, values.begin());
    connection.run(kLive.on(connection), values, kColumns,
                   [&live](std::span<const storage::Cell> cells) { live.push_back(cells[0].integer); });
  }
  return live;
}

void tell_ended(storage::Connection& connection, const Ended& ended) {
  std::string message;
  if (ended.session) {
    message.append(kOne).append(std::to_string(*ended.session));
  } else if (ended.user) {
    message.append(kOfAccount).append(std::to_string(ended.user->value));
  }
  connection.notify(kEndedTopic, message);
}

Ended read_ended(std::string_view message) {
  const auto number = [&](std::string_view what) -> std::optional<std::int64_t> {
    if (!message.starts_with(what)) return std::nullopt;
    return text::number<std::int64_t>(message.substr(what.size()));
  };
  const auto user = number(kOfAccount);
  return {number(kOne), user ? std::optional(UserId{*user}) : std::nullopt};
}

}  // namespace dontgoback::core::sessions
