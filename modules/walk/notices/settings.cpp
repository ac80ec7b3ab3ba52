#include "settings.hpp"

#include "dontgoback/json/reader.hpp"

namespace dontgoback::walk::notices {
namespace {

constexpr MinuteOfDay kDay = std::chrono::hours(24);

std::string_view word_of(http::Language language) { return language == http::Language::en ? "en" : "ko"; }

bool read_language(const boost::json::value& from, std::optional<http::Language>& to) {
  if (from.is_null()) {
    to.reset();
    return true;
  }
  for (const auto language : {http::Language::ko, http::Language::en}) {
    if (!from.is_string() || from.get_string() != word_of(language)) continue;
    to = language;
    return true;
  }
  return false;
}

bool read_kinds(const boost::json::value& from, MutedKinds& to) {
  const auto* given = from.if_object();
  if (given == nullptr) return false;
  for (const auto kind : kKinds) {
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

MinuteOfDay minute_of_day(std::int64_t offset_minutes, time::Timestamp now) {
  const auto on_its_clock = std::chrono::floor<MinuteOfDay>(now.time_since_epoch()) + MinuteOfDay(offset_minutes);
  return (on_its_clock % kDay + kDay) % kDay;
}

Result<Settings> with_changes(Settings settings, std::string_view body) {
  const auto document = json::parse(body);
  if (!document) return document.failure();
  const auto* given = document.value().if_object();
  if (given == nullptr) return json::kMalformed;

  const auto* language = given->if_contains("language");
  if (language != nullptr && !read_language(*language, settings.language)) {
    return Failure{FailureKind::invalid,
                   {"`language`는 ko, en 또는 null이어야 합니다.", "`language` is ko, en or null."}};
  }
  const auto* kinds = given->if_contains("notifications");
  if (kinds != nullptr && !read_kinds(*kinds, settings.muted)) {
    return Failure{FailureKind::invalid,
                   {"`notifications`는 알림 종류마다 true 또는 false입니다.",
                    "`notifications` is true or false for each kind of notification."}};
  }
  const auto* quiet = given->if_contains("quietHours");
  if (quiet != nullptr && !read_quiet(*quiet, settings.quiet)) {
    return Failure{FailureKind::invalid,
                   {"`quietHours`는 서로 다른 HH:MM인 from과 to, 또는 null입니다.",
                    "`quietHours` is from and to, HH:MM that differ, or null."}};
  }
  return settings;
}

void write_settings(json::Writer& writer, const Settings& settings) {
  writer.begin_object();
  writer.key("language");
  if (settings.language) {
    writer.value(word_of(*settings.language));
  } else {
    writer.null();
  }
  writer.key("notifications");
  writer.begin_object();
  for (const auto kind : kKinds) writer.field(to_string(kind), !settings.muted.has(kind));
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
  writer.end_object();
}

}  // namespace dontgoback::walk::notices
