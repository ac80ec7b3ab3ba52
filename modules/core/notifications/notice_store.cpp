#include "notice_store.hpp"

#include <algorithm>
#include <array>

#include "dontgoback/storage/planned.hpp"
#include "expiry/expiry.hpp"

namespace dontgoback::core::notifications {
namespace {

using storage::Connection;

const storage::Planned kAfter("notifications/notices-after",
                              "SELECT id, words, words_en, created_at FROM system_notices {PRIMARY} WHERE id > :last "
                              "AND newest_user >= :user_id ORDER BY id LIMIT 50");
const storage::Planned kNewest("notifications/newest-notice",
                               "SELECT id, newest_user FROM system_notices {PRIMARY} WHERE id > 0 ORDER BY id DESC "
                               "LIMIT 1");

std::string behind_statement() {
  std::string rows;
  for (std::size_t i = 0; i < kAskedAtOnce; ++i) {
    rows.append(i == 0 ? "(:u" : ", (:u").append(std::to_string(i)).append(")");
  }
  const auto of = [](const std::string& column, const std::string& c) {
    return "(SELECT " + c + "." + column + " FROM notification_counters " + c + " {PRIMARY} WHERE " + c +
           ".user_id = v.id)";
  };
  return "WITH v (id) AS (VALUES " + rows + ") SELECT v.id FROM v " + accounts::planned_join("a", "v.id") +
         " WHERE (v.id <= :newest_user AND COALESCE(" + of("last_notice", "c") +
         ", 0) < :newest) OR (a.day_at <= :minute AND COALESCE(" + of("last_day", "d") + ", -1) <> :day)";
}

const storage::Planned kBehind("notifications/behind-among", behind_statement());

const expiry::Slices kNotices("system-notices/purge", "system-notices/purge-bound", "system_notices", "created_at",
                              "system_notices_by_moment");

}  // namespace

void add_notice(Connection& connection, const Notice& notice, UserId newest_user) {
  connection.execute(
      "INSERT INTO system_notices (words, words_en, newest_user, created_at) VALUES (:words, :words_en, :newest_user, "
      ":created_at)",
      notice.words, notice.words_en, newest_user, notice.at);
}

Known find_known(Connection& connection, UserId user) {
  const auto known = connection.one<std::int64_t, std::optional<time::Day>>(
      "SELECT last_notice, last_day FROM notification_counters WHERE user_id = :user_id", user);
  return known ? Known{std::get<0>(*known), std::get<1>(*known)} : Known{};
}

Known hold_known(Connection& connection, UserId user) {
  connection.execute(
      connection.dialect() == storage::Dialect::sqlite
          ? "INSERT INTO notification_counters (user_id, last_number) VALUES (:user_id, 0) ON CONFLICT (user_id) DO "
            "UPDATE SET last_number = last_number"
          : "INSERT INTO notification_counters (user_id, last_number) VALUES (:user_id, 0) ON DUPLICATE KEY UPDATE "
            "last_number = last_number",
      user);
  return find_known(connection, user);
}

void keep_known(Connection& connection, UserId user, const Known& known) {
  connection.execute(
      "UPDATE notification_counters SET last_notice = :last_notice, last_day = :last_day WHERE user_id = :user_id",
      known.last_notice, known.last_day, user);
}

std::vector<Notice> notices_after(Connection& connection, UserId user, std::int64_t last) {
  std::vector<Notice> notices;
  connection.each(kAfter.on(connection), storage::args(last, user),
                  [&](std::int64_t id, std::string words, std::optional<std::string> words_en, time::Timestamp at) {
                    notices.push_back({id, std::move(words), std::move(words_en), at});
                  });
  return notices;
}

Newest newest_notice(Connection& connection) {
  const auto newest = connection.one<std::int64_t, UserId>(kNewest.on(connection));
  return newest ? Newest{std::get<0>(*newest), std::get<1>(*newest)} : Newest{};
}

std::vector<UserId> behind_among(Connection& connection, std::span<const UserId> users, const Newest& newest,
                                 time::Day day, accounts::MinuteOfDay minute) {
  constexpr std::array kColumns{storage::ColumnType::integer};
  // Padded with nobody's id, so that there is one text only.
  std::vector<storage::Value> values(kAskedAtOnce, storage::Value(UserId{}));
  std::ranges::copy(users, values.begin());
  values.emplace_back(newest.newest_user);
  values.emplace_back(newest.id);
  values.emplace_back(std::int64_t{minute.count()});
  values.emplace_back(day);
  std::vector<UserId> behind;
  connection.run(kBehind.on(connection), values, kColumns,
                 [&behind](std::span<const storage::Cell> cells) { behind.push_back(UserId{cells[0].integer}); });
  return behind;
}

std::int64_t delete_notices_within(Connection& connection, const time::Span& span, int limit) {
  return expiry::remove_slice(connection, kNotices, span, limit);
}

}  // namespace dontgoback::core::notifications
