#include "settings.hpp"

#include "dontgoback/http/given_settings.hpp"

namespace dontgoback::walk::notices {

MinuteOfDay minute_of_day(std::int64_t offset_minutes, time::Timestamp now) {
  constexpr MinuteOfDay kDay = std::chrono::hours(24);
  const auto on_its_clock = std::chrono::floor<MinuteOfDay>(now.time_since_epoch()) + MinuteOfDay(offset_minutes);
  return (on_its_clock % kDay + kDay) % kDay;
}

Result<Settings> with_changes(Settings settings, std::string_view body) {
  http::GivenSettings given(body);
  given.language(settings.language);
  given.notifications(kKinds, settings.muted);
  given.quiet_hours(settings.quiet);
  if (given.failure()) return *given.failure();
  return settings;
}

void write_settings(json::Writer& writer, const Settings& settings) {
  writer.begin_object();
  http::write_language(writer, settings.language);
  http::write_notifications(writer, kKinds, settings.muted);
  http::write_quiet_hours(writer, settings.quiet);
  writer.end_object();
}

}  // namespace dontgoback::walk::notices
