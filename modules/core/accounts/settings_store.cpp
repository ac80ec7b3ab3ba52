#include "settings_store.hpp"

#include "accounts.hpp"

namespace dontgoback::core::accounts {

std::optional<Settings> find_settings(storage::Connection& connection, UserId id) {
  const auto found = connection.one<std::optional<int>, int, int>(
      "SELECT language, colours, private_profile FROM accounts WHERE id = :id", id);
  if (!found) return std::nullopt;
  const auto& [language, colours, profile] = *found;
  return Settings{language ? std::optional(http::Language{*language}) : std::nullopt, Colours{colours},
                  Visibility{profile}};
}

std::optional<http::Language> language_of(storage::Connection& connection, UserId id) {
  const auto settings = find_settings(connection, id);
  return settings ? settings->language : std::nullopt;
}

void update_settings(storage::Connection& connection, UserId id, const Settings& settings) {
  const auto language = settings.language ? std::optional(static_cast<int>(*settings.language)) : std::nullopt;
  connection.execute(
      "UPDATE accounts SET language = :language, colours = :colours, private_profile = :private_profile WHERE id = :id",
      language, static_cast<int>(settings.colours), static_cast<int>(settings.profile), id);
}

}  // namespace dontgoback::core::accounts
