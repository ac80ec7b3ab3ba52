#include "dontgoback/http/given_settings.hpp"

#include <array>

namespace dontgoback::http {
namespace {

constexpr Message kNoLanguage{"`language`는 ko, en 또는 null이어야 합니다.", "`language` is ko, en or null."};
constexpr Message kNoKinds{"`notifications`는 알림 종류마다 true 또는 false입니다.",
                           "`notifications` is true or false for each kind of notification."};
constexpr Message kNoQuiet{"`quietHours`는 서로 다른 HH:MM인 from과 to, 또는 null입니다.",
                           "`quietHours` is from and to, HH:MM that differ, or null."};

constexpr std::array kLanguages{Word<Language>{"ko", Language::ko}, Word<Language>{"en", Language::en}};

}  // namespace

GivenSettings::GivenSettings(std::string_view body) {
  auto document = json::parse(body);
  if (!document) {
    failure_ = document.failure();
  } else if (!document.value().is_object()) {
    failure_ = json::kMalformed;
  } else {
    document_ = std::move(document.value());
  }
}

void GivenSettings::language(std::optional<Language>& to) {
  const auto* value = find("language");
  if (value != nullptr && value->is_null()) {
    to.reset();
  } else if (value != nullptr) {
    word<Language>("language", kLanguages, to.emplace(), kNoLanguage);
  }
}

void GivenSettings::quiet_hours(std::optional<time::QuietHours>& to) {
  const auto* value = find("quietHours");
  if (value == nullptr) return;
  if (value->is_null()) return to.reset();
  const auto* given = value->if_object();
  const auto from = given == nullptr ? std::nullopt : minute_in(given->if_contains("from"));
  const auto until = given == nullptr ? std::nullopt : minute_in(given->if_contains("to"));
  if (!from || !until || *from == *until) return refuse(kNoQuiet);
  to = time::QuietHours{*from, *until};
}

void GivenSettings::minute(std::string_view name, std::optional<time::MinuteOfDay>& to, const Message& refusal) {
  const auto* value = find(name);
  if (value == nullptr) return;
  to = minute_in(value);
  if (!to && !value->is_null()) refuse(refusal);
}

const boost::json::value* GivenSettings::find(std::string_view name) const {
  const auto* object = document_.if_object();
  return object == nullptr ? nullptr : object->if_contains(name);
}

std::optional<std::string_view> GivenSettings::text_of(const boost::json::value& value) {
  const auto* text = value.if_string();
  return text == nullptr ? std::nullopt : std::optional(std::string_view(text->data(), text->size()));
}

std::optional<time::MinuteOfDay> GivenSettings::minute_in(const boost::json::value* value) {
  const auto text = value == nullptr ? std::nullopt : text_of(*value);
  return text ? time::parse_minute(*text) : std::nullopt;
}

/// Nothing: it is not named.
std::optional<bool> GivenSettings::wants(std::string_view kind) {
  const auto* value = find("notifications");
  if (value == nullptr) return std::nullopt;
  const auto* given = value->if_object();
  const auto* wanted = given == nullptr ? value : given->if_contains(kind);
  if (wanted == nullptr) return std::nullopt;
  if (given != nullptr && wanted->is_bool()) return wanted->get_bool();
  refuse(kNoKinds);
  return std::nullopt;
}

void GivenSettings::refuse(const Message& why) {
  if (!failure_) failure_ = Failure{FailureKind::invalid, why};
}

void write_language(json::Writer& writer, std::optional<Language> language) {
  writer.field("language",
               language ? std::optional(kLanguages.at(static_cast<std::size_t>(*language)).first) : std::nullopt);
}

void write_quiet_hours(json::Writer& writer, const std::optional<time::QuietHours>& quiet) {
  writer.key("quietHours");
  if (!quiet) return writer.null();
  writer.begin_object();
  writer.field("from", time::minute_text(quiet->from));
  writer.field("to", time::minute_text(quiet->to));
  writer.end_object();
}

void write_minute(json::Writer& writer, std::string_view name, std::optional<time::MinuteOfDay> minute) {
  writer.key(name);
  if (!minute) return writer.null();
  writer.value(time::minute_text(*minute));
}

}  // namespace dontgoback::http
