#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "dontgoback/http/language.hpp"
#include "dontgoback/http/muted_kinds.hpp"
#include "dontgoback/json/reader.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/result.hpp"
#include "dontgoback/time/quiet_hours.hpp"

// What somebody chooses for itself: how the settings that several parts have look in JSON.
namespace dontgoback::http {

/// A value that is one of some words.
template <class T>
using Word = std::pair<std::string_view, T>;

/// A body that changes settings: a JSON object. What it does not name stays, members that are none are ignored. Each
/// function reads one setting; when a value is none of its setting's, that is the failure, the first of them.
class GivenSettings {
 public:
  explicit GivenSettings(std::string_view body);

  /// `language`: `ko`, `en` or null.
  void language(std::optional<Language>& to);
  /// `notifications`: of kinds, by `to_string`, whether they are wanted.
  template <class Kinds, class Kind>
  void notifications(const Kinds& kinds, MutedKinds<Kind>& to) {
    for (const Kind kind : kinds) {
      if (const auto wanted = wants(to_string(kind))) to.set(kind, !*wanted);
    }
  }
  /// `quietHours`: `from` and `to`, which differ, or null.
  void quiet_hours(std::optional<time::QuietHours>& to);
  /// `HH:MM` or null.
  void minute(std::string_view name, std::optional<time::MinuteOfDay>& to, const Message& refusal);
  /// `true` or `false`, as the one or the other.
  template <class T>
  void either(std::string_view name, T when_true, T when_false, T& to, const Message& refusal) {
    const auto* value = find(name);
    if (value == nullptr) return;
    if (!value->is_bool()) return refuse(refusal);
    to = value->get_bool() ? when_true : when_false;
  }
  template <class T>
  void word(std::string_view name, std::span<const Word<T>> words, T& to, const Message& refusal) {
    const auto* value = find(name);
    if (value == nullptr) return;
    const auto text = text_of(*value);
    for (const auto& [word, meant] : words) {
      if (text != word) continue;
      to = meant;
      return;
    }
    refuse(refusal);
  }

  /// Why nothing is to be changed; what was read is to be dropped then.
  const std::optional<Failure>& failure() const { return failure_; }

 private:
  const boost::json::value* find(std::string_view name) const;
  static std::optional<std::string_view> text_of(const boost::json::value& value);
  static std::optional<time::MinuteOfDay> minute_in(const boost::json::value* value);
  std::optional<bool> wants(std::string_view kind);
  void refuse(const Message& why);

  boost::json::value document_;
  std::optional<Failure> failure_;
};

// The same as members of the object that is being written.

void write_language(json::Writer& writer, std::optional<Language> language);
void write_quiet_hours(json::Writer& writer, const std::optional<time::QuietHours>& quiet);
void write_minute(json::Writer& writer, std::string_view name, std::optional<time::MinuteOfDay> minute);
template <class Kinds, class Kind>
void write_notifications(json::Writer& writer, const Kinds& kinds, MutedKinds<Kind> muted) {
  writer.key("notifications");
  writer.begin_object();
  for (const Kind kind : kinds) writer.field(to_string(kind), !muted.has(kind));
  writer.end_object();
}

}  // namespace dontgoback::http
