#include "settings_store.hpp"

#include "accounts.hpp"

namespace dontgoback::core::accounts {

namespace {

std::optional<MinuteOfDay> minute(std::optional<std::int64_t> column) {
  return column ? std::optional(MinuteOfDay(*column)) : std::nullopt;
}
std::optional<std::int64_t> column(std::optional<MinuteOfDay> minute) {
  return minute ? std::optional<std::int64_t>(minute->count()) : std::nullopt;
}

}  // namespace

std::optional<Settings> find_settings(storage::Connection& connection, UserId id) {
  using Minute = std::optional<std::int64_t>;
  const auto found = connection.one<std::optional<int>, int, int, std::int64_t, Minute, Minute, Minute, int, int>(
      "SELECT language, colours, private_profile, muted_kinds, quiet_from, quiet_to, day_at, unlisted, members_only "
      "FROM accounts WHERE id = :id",
      id);
  if (!found) return std::nullopt;
  const auto& [language, colours, profile, muted, quiet_from, quiet_to, day_at, unlisted, members_only] = *found;
  Settings settings{language ? std::optional(http::Language{*language}) : std::nullopt, Colours{colours},
                    Visibility{profile}, MutedKinds{muted}};
  if (quiet_from && quiet_to) settings.quiet = QuietHours{MinuteOfDay(*quiet_from), MinuteOfDay(*quiet_to)};
  settings.day_at = minute(day_at);
  settings.today = Listing{unlisted};
  settings.reading = Reading{members_only};
  return settings;
}

bool quiet_now(storage::Connection& connection, UserId id, const time::Zone& zone, time::Timestamp now) {
  const auto settings = find_settings(connection, id);
  return settings && settings->quiet && settings->quiet->hold(minute_of_day(zone, now));
}

MinuteOfDay minute_of_day(const time::Zone& zone, time::Timestamp now) {
  return std::chrono::floor<MinuteOfDay>(now - zone.at(zone.day_of(now), MinuteOfDay(0)));
}

std::optional<http::Language> language_of(storage::Connection& connection, UserId id) {
  const auto settings = find_settings(connection, id);
  return settings ? settings->language : std::nullopt;
}

bool wants(storage::Connection& connection, UserId id, NotificationKind kind) {
  const auto muted = connection.one<std::int64_t>("SELECT muted_kinds FROM accounts WHERE id = :id", id);
  return muted && !MutedKinds{std::get<0>(*muted)}.has(kind);
}

void update_settings(storage::Connection& connection, UserId id, const Settings& settings) {
  const auto language = settings.language ? std::optional(static_cast<int>(*settings.language)) : std::nullopt;
  connection.execute(
      "UPDATE accounts SET language = :language, colours = :colours, private_profile = :private_profile, muted_kinds = "
      ":muted_kinds, quiet_from = :quiet_from, quiet_to = :quiet_to, day_at = :day_at, unlisted = :unlisted, "
      "members_only = "
      ":members_only WHERE id = :id",
      language, static_cast<int>(settings.colours), static_cast<int>(settings.profile), settings.muted.bits,
      column(settings.quiet ? std::optional(settings.quiet->from) : std::nullopt),
      column(settings.quiet ? std::optional(settings.quiet->to) : std::nullopt), column(settings.day_at),
      static_cast<int>(settings.today), static_cast<int>(settings.reading), id);
}

}  // namespace dontgoback::core::accounts
