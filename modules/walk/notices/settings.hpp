#pragma once

#include <optional>
#include <string_view>

#include "dontgoback/http/language.hpp"
#include "dontgoback/http/muted_kinds.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/result.hpp"
#include "dontgoback/time/quiet_hours.hpp"
#include "notices.hpp"

// What a walker has chosen of what it is told: `GET`, `PATCH /api/v1/walkers/settings`.
namespace dontgoback::walk::notices {

using MutedKinds = http::MutedKinds<Kind>;

/// Of the walker's own day.
using time::MinuteOfDay;
using time::QuietHours;

struct Settings {
  std::optional<http::Language> language;  ///< of what its devices are told; nothing: Korean
  MutedKinds muted;
  std::optional<QuietHours> quiet{};

  friend bool operator==(const Settings&, const Settings&) = default;
};

/// What time it is on a clock that is so far from UTC.
MinuteOfDay minute_of_day(std::int64_t offset_minutes, time::Timestamp now);

/// The settings with what a JSON object names changed; what it does not name stays, members that are none are ignored.
/// invalid for a body that is no object, and for a value that is none of a setting's. Pure.
Result<Settings> with_changes(Settings settings, std::string_view body);

void write_settings(json::Writer& writer, const Settings& settings);

}  // namespace dontgoback::walk::notices
