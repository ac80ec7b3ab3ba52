#include "settings.hpp"

#include <array>
#include <utility>

#include "dontgoback/json/reader.hpp"

namespace dontgoback::core::accounts {
namespace {

template <class T>
using Words = std::array<std::pair<std::string_view, T>, 2>;

constexpr Words<http::Language> kLanguages{{{"ko", http::Language::ko}, {"en", http::Language::en}}};
constexpr Words<Colours> kColours{{{"KOREAN", Colours::korean}, {"WESTERN", Colours::western}}};
constexpr Words<Visibility> kVisibilities{{{"PUBLIC", Visibility::everybody}, {"PRIVATE", Visibility::nobody}}};

template <class T>
std::string_view word_of(const Words<T>& words, T value) {
  return value == words[0].second ? words[0].first : words[1].first;
}

/// Whether it is one of the words, which is then in `to`.
template <class T, class To>
bool read_word(const Words<T>& words, const boost::json::value& from, To& to) {
  const auto* text = from.if_string();
  if (text == nullptr) return false;
  for (const auto& [word, value] : words) {
    if (std::string_view(text->data(), text->size()) != word) continue;
    to = value;
    return true;
  }
  return false;
}

/// Whether each kind that is named is wanted or not, which is then in `to`.
bool read_kinds(const boost::json::value& from, MutedKinds& to) {
  const auto* given = from.if_object();
  if (given == nullptr) return false;
  for (const auto kind : kNotificationKinds) {
    const auto* wanted = given->if_contains(to_string(kind));
    if (wanted == nullptr) continue;
    if (!wanted->is_bool()) return false;
    to.set(kind, !wanted->get_bool());
  }
  return true;
}

/// `HH:MM`.
std::optional<MinuteOfDay> read_minute(const boost::json::value* from) {
  const auto* text = from == nullptr ? nullptr : from->if_string();
  return text == nullptr ? std::nullopt : time::parse_minute({text->data(), text->size()});
}

bool read_quiet(const boost::json::value& from, std::optional<QuietHours>& to) {
  if (from.is_null()) {
    to.reset();
    return true;
  }
  const auto* given = from.if_object();
  if (given == nullptr) return false;
  const auto begin = read_minute(given->if_contains("from"));
  const auto end = read_minute(given->if_contains("to"));
  if (!begin || !end || *begin == *end) return false;
  to = QuietHours{*begin, *end};
  return true;
}

}  // namespace

std::string_view to_string(Visibility visibility) { return word_of(kVisibilities, visibility); }

Result<Settings> with_changes(Settings settings, std::string_view body) {
  const auto document = json::parse(body);
  if (!document) return document.failure();
  const auto* given = document.value().if_object();
  if (given == nullptr) return json::kMalformed;

  if (const auto* language = given->if_contains("language")) {
    if (language->is_null()) {
      settings.language.reset();
    } else if (!read_word(kLanguages, *language, settings.language)) {
      return Failure{FailureKind::invalid,
                     {"`language`는 ko, en 또는 null이어야 합니다.", "`language` is ko, en or null."}};
    }
  }
  const auto* colours = given->if_contains("colours");
  if (colours != nullptr && !read_word(kColours, *colours, settings.colours)) {
    return Failure{FailureKind::invalid,
                   {"`colours`는 KOREAN 또는 WESTERN이어야 합니다.", "`colours` is KOREAN or WESTERN."}};
  }
  const auto* profile = given->if_contains("profileVisibility");
  if (profile != nullptr && !read_word(kVisibilities, *profile, settings.profile)) {
    return Failure{
        FailureKind::invalid,
        {"`profileVisibility`는 PUBLIC 또는 PRIVATE이어야 합니다.", "`profileVisibility` is PUBLIC or PRIVATE."}};
  }
  if (const auto* kinds = given->if_contains("notifications")) {
    if (!read_kinds(*kinds, settings.muted)) {
      return Failure{FailureKind::invalid,
                     {"`notifications`는 알림 종류마다 true 또는 false입니다.",
                      "`notifications` is true or false for each kind of notification."}};
    }
  }
  const auto* quiet = given->if_contains("quietHours");
  if (quiet != nullptr && !read_quiet(*quiet, settings.quiet)) {
    return Failure{FailureKind::invalid,
                   {"`quietHours`는 서로 다른 HH:MM인 from과 to, 또는 null입니다.",
                    "`quietHours` is from and to, HH:MM that differ, or null."}};
  }
  if (const auto* day_at = given->if_contains("dayAt")) {
    settings.day_at = read_minute(day_at);
    if (!settings.day_at && !day_at->is_null()) {
      return Failure{FailureKind::invalid, {"`dayAt`은 HH:MM 또는 null입니다.", "`dayAt` is HH:MM or null."}};
    }
  }
  if (const auto* listed = given->if_contains("listedToday")) {
    if (!listed->is_bool()) {
      return Failure{FailureKind::invalid,
                     {"`listedToday`는 true 또는 false입니다.", "`listedToday` is true or false."}};
    }
    settings.today = listed->get_bool() ? Listing::listed : Listing::unlisted;
  }
  return settings;
}

void write_settings(json::Writer& writer, const Settings& settings) {
  writer.begin_object();
  writer.key("language");
  if (settings.language) {
    writer.value(word_of(kLanguages, *settings.language));
  } else {
    writer.null();
  }
  writer.field("colours", word_of(kColours, settings.colours));
  writer.field("profileVisibility", to_string(settings.profile));
  writer.key("notifications");
  writer.begin_object();
  for (const auto kind : kNotificationKinds) writer.field(to_string(kind), !settings.muted.has(kind));
  writer.end_object();
  writer.key("quietHours");
  if (settings.quiet) {
    writer.begin_object();
    writer.field("from", time::minute_text(settings.quiet->from));
    writer.field("to", time::minute_text(settings.quiet->to));
    writer.end_object();
  } else {
    writer.null();
  }
  writer.key("dayAt");
  if (settings.day_at) {
    writer.value(time::minute_text(*settings.day_at));
  } else {
    writer.null();
  }
  writer.field("listedToday", settings.today == Listing::listed);
  writer.end_object();
}

}  // namespace dontgoback::core::accounts
