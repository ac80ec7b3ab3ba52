#include "settings.hpp"

#include <array>

#include "dontgoback/http/given_settings.hpp"

namespace dontgoback::core::accounts {
namespace {

template <class T>
using Words = std::array<http::Word<T>, 2>;

constexpr Words<Colours> kColours{{{"KOREAN", Colours::korean}, {"WESTERN", Colours::western}}};
constexpr Words<Visibility> kVisibilities{{{"PUBLIC", Visibility::everybody}, {"PRIVATE", Visibility::nobody}}};

constexpr Message kNoColours{"`colours`는 KOREAN 또는 WESTERN이어야 합니다.", "`colours` is KOREAN or WESTERN."};
constexpr Message kNoVisibility{"`profileVisibility`는 PUBLIC 또는 PRIVATE이어야 합니다.",
                                "`profileVisibility` is PUBLIC or PRIVATE."};
constexpr Message kNoListing{"`listedToday`는 true 또는 false입니다.", "`listedToday` is true or false."};
constexpr Message kNoReading{"`readableByLink`는 true 또는 false입니다.", "`readableByLink` is true or false."};
constexpr Message kNoDayAt{"`dayAt`은 HH:MM 또는 null입니다.", "`dayAt` is HH:MM or null."};

template <class T>
std::string_view word_of(const Words<T>& words, T value) {
  return value == words[0].second ? words[0].first : words[1].first;
}

}  // namespace

std::string_view to_string(Visibility visibility) { return word_of(kVisibilities, visibility); }

Result<Settings> with_changes(Settings settings, std::string_view body) {
  http::GivenSettings given(body);
  given.language(settings.language);
  given.word<Colours>("colours", kColours, settings.colours, kNoColours);
  given.word<Visibility>("profileVisibility", kVisibilities, settings.profile, kNoVisibility);
  given.notifications(kNotificationKinds, settings.muted);
  given.quiet_hours(settings.quiet);
  given.minute("dayAt", settings.day_at, kNoDayAt);
  given.either("listedToday", Listing::listed, Listing::unlisted, settings.today, kNoListing);
  given.either("readableByLink", Reading::anybody, Reading::members, settings.reading, kNoReading);
  if (given.failure()) return *given.failure();
  return settings;
}

void write_settings(json::Writer& writer, const Settings& settings) {
  writer.begin_object();
  http::write_language(writer, settings.language);
  writer.field("colours", word_of(kColours, settings.colours));
  writer.field("profileVisibility", to_string(settings.profile));
  http::write_notifications(writer, kNotificationKinds, settings.muted);
  http::write_quiet_hours(writer, settings.quiet);
  http::write_minute(writer, "dayAt", settings.day_at);
  writer.field("listedToday", settings.today == Listing::listed);
  writer.field("readableByLink", settings.reading == Reading::anybody);
  writer.end_object();
}

}  // namespace dontgoback::core::accounts
