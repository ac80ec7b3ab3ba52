#pragma once

#include <optional>
#include <string_view>

#include "dontgoback/http/language.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/result.hpp"
#include "dontgoback/time/quiet_hours.hpp"
#include "notification_kind.hpp"

// What an account has chosen for itself: `GET`, `PATCH /api/v1/users/me/settings`.
namespace dontgoback::core::accounts {

/// Which colour a rise has: blue, as `BLUE` says, or red as on a Korean ticker. The number is the column's.
enum class Colours { western = 0, korean = 1 };
/// Who may open its profile: the list of its posts and its history. The number is the column's.
enum class Visibility { everybody = 0, nobody = 1 };

/// Whether its day may be among those that moved most, without its number. The number is the column's.
enum class Listing { listed = 0, unlisted = 1 };

/// `PUBLIC` or `PRIVATE`.
std::string_view to_string(Visibility visibility);

/// Whether who has no account may read its posts by their links, where the operator lets strangers read. The number is
/// the column's.
enum class Reading { anybody = 0, members = 1 };

/// Of the service's day.
using time::MinuteOfDay;
using time::QuietHours;

struct Settings {
  std::optional<http::Language> language;  ///< nothing: as its browser asks
  Colours colours = Colours::western;
  Visibility profile = Visibility::everybody;
  MutedKinds muted;
  std::optional<QuietHours> quiet{};
  std::optional<MinuteOfDay> day_at{};  ///< when it is told how its fortune moved that day; nothing: it is not
  Listing today = Listing::listed;
  Reading reading = Reading::anybody;

  bool operator==(const Settings&) const = default;
};

/// The settings with what a JSON object names changed; what it does not name stays, members that are none are ignored.
/// invalid for a body that is no object, and for a value that is none of a setting's.
Result<Settings> with_changes(Settings settings, std::string_view body);

void write_settings(json::Writer& writer, const Settings& settings);

}  // namespace dontgoback::core::accounts
