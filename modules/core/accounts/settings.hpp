#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "dontgoback/http/language.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/result.hpp"
#include "notification_kind.hpp"

// What an account has chosen for itself: `GET`, `PATCH /api/v1/users/me/settings`.
namespace dontgoback::core::accounts {

/// Which colour a rise has: blue, as `BLUE` says, or red as on a Korean ticker. The number is the column's.
enum class Colours { western = 0, korean = 1 };
/// Who may open its profile: the list of its posts and its history. The number is the column's.
enum class Visibility { everybody = 0, nobody = 1 };

/// `PUBLIC` or `PRIVATE`.
std::string_view to_string(Visibility visibility);

/// A moment of the service's day: minutes since midnight, below 24 h.
using MinuteOfDay = std::chrono::minutes;

/// When nothing is to sound: from the one until the other, perhaps past midnight; they differ.
struct QuietHours {
  MinuteOfDay from;
  MinuteOfDay to;

  constexpr bool hold(MinuteOfDay now) const { return from < to ? from <= now && now < to : from <= now || now < to; }
  friend bool operator==(const QuietHours&, const QuietHours&) = default;
};

struct Settings {
  std::optional<http::Language> language;  ///< nothing: as its browser asks
  Colours colours = Colours::western;
  Visibility profile = Visibility::everybody;
  MutedKinds muted;
  std::optional<QuietHours> quiet{};
  std::optional<MinuteOfDay> day_at{};  ///< when it is told how its fortune moved that day; nothing: it is not

  bool operator==(const Settings&) const = default;
};

/// The settings with what a JSON object names changed; what it does not name stays, members that are none are ignored.
/// invalid for a body that is no object, and for a value that is none of a setting's.
Result<Settings> with_changes(Settings settings, std::string_view body);

void write_settings(json::Writer& writer, const Settings& settings);

}  // namespace dontgoback::core::accounts
