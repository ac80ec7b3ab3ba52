#include "settings_store.hpp"

#include "accounts.hpp"

namespace dontgoback::core::accounts {

std::optional<Settings> find_settings(storage::Connection& connection, UserId id) {
  const auto found = connection.one<std::optional<int>, int, int, std::int64_t>(
      "SELECT language, colours, private_profile, muted_kinds FROM accounts WHERE id = :id", id);
  if (!found) return std::nullopt;
  const auto& [language, colours, profile, muted] = *found;
  return Settings{language ? std::optional(http::Language{*language}) : std::nullopt, Colours{colours},
                  Visibility{profile}, MutedKinds{muted}};
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
      ":muted_kinds "
      "WHERE id = :id",
      language, static_cast<int>(settings.colours), static_cast<int>(settings.profile), settings.muted.bits, id);
}

}  // namespace dontgoback::core::accounts
