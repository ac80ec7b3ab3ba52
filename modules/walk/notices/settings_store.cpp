#include "settings_store.hpp"

namespace dontgoback::walk::notices {

using storage::Connection;

Settings find_settings(Connection& connection, WalkerId walker) {
  using Minute = std::optional<std::int64_t>;
  const auto found = connection.one<std::optional<int>, std::int64_t, Minute, Minute>(
      "SELECT language, muted_kinds, quiet_from, quiet_to FROM walker_settings WHERE walker_id = :walker", walker);
  if (!found) return {};
  const auto& [language, muted, from, to] = *found;
  Settings settings{language ? std::optional(http::Language{*language}) : std::nullopt, MutedKinds{muted}};
  if (from && to) settings.quiet = QuietHours{MinuteOfDay(*from), MinuteOfDay(*to)};
  return settings;
}

void put_settings(Connection& connection, WalkerId walker, const Settings& settings) {
  const auto language = settings.language ? std::optional(static_cast<int>(*settings.language)) : std::nullopt;
  const auto minute = [&](MinuteOfDay QuietHours::*which) {
    return settings.quiet ? std::optional<std::int64_t>(((*settings.quiet).*which).count()) : std::nullopt;
  };
  if (!connection.one<std::int64_t>("SELECT 1 FROM walker_settings WHERE walker_id = :walker", walker)) {
    connection.execute("INSERT INTO walker_settings (walker_id) VALUES (:walker)", walker);
  }
  connection.execute(
      "UPDATE walker_settings SET language = :language, muted_kinds = :muted, quiet_from = :quiet_from, quiet_to = "
      ":quiet_to WHERE walker_id = :walker",
      language, settings.muted.bits, minute(&QuietHours::from), minute(&QuietHours::to), walker);
}

void remove_settings(Connection& connection, WalkerId walker) {
  connection.execute("DELETE FROM walker_settings WHERE walker_id = :walker", walker);
}

}  // namespace dontgoback::walk::notices
