#include "option_value.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "dontgoback/text/number.hpp"
#include "dontgoback/text/parts.hpp"

namespace dontgoback::config {
namespace {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;  // clang 16 does not deduce aggregates

std::optional<bool> parse_toggle(std::string_view text) {
  for (const auto* yes : {"true", "1", "yes", "on"}) {
    if (text == yes) return true;
  }
  for (const auto* no : {"false", "0", "no", "off"}) {
    if (text == no) return false;
  }
  return std::nullopt;
}

std::string shown(double number) {
  constexpr double kExact = 1e15;  // whole numbers up to there read better as such than as 1e+06
  if (std::abs(number) < kExact && std::trunc(number) == number) return std::to_string(std::llround(number));
  std::array<char, 32> digits;
  return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr};
}

std::string limits(const Integer& integer) {
  const auto min = std::to_string(integer.min);
  if (integer.max == std::numeric_limits<std::int64_t>::max()) return "from " + min + " on";
  return "from " + min + " to " + std::to_string(integer.max);
}

std::string limits(const Number& number) { return "from " + shown(number.min) + " to " + shown(number.max); }

template <class Kind, class T>
bool is_allowed(const Kind& kind, T value) {  // NaN is not
  return value >= kind.min && value <= kind.max;
}

using Problem = std::optional<std::string>;

Problem take(const Integer& to, std::optional<std::int64_t> number) {
  if (!number || !is_allowed(to, *number)) return "must be a whole number " + limits(to);
  *to.target = *number;
  return {};
}

Problem take(const Number& to, std::optional<double> number) {
  if (!number || !is_allowed(to, *number)) return "must be a number " + limits(to);
  *to.target = *number;
  return {};
}

Problem take(bool* to, std::optional<bool> yes) {
  if (!yes) return "must be true or false";
  *to = *yes;
  return {};
}

Problem take(std::optional<time::Day>* to, std::string_view text) {
  const auto day = time::parse_day(text);
  if (!day) return "must be a day, YYYY-MM-DD";
  *to = day;
  return {};
}

Problem take(const Choice& to, std::string_view text) {
  const auto& names = to.names;
  const auto found = std::find(names.begin(), names.end(), text);
  if (found == names.end()) {
    return names.size() == 2 ? "must be " + joined(names, " or ") : "must be one of " + joined(names, ", ");
  }
  to.choose(static_cast<std::size_t>(found - names.begin()));
  return {};
}

template <class T>
std::optional<T> as(const FileValue& value) {
  const auto* held = std::get_if<T>(&value);
  return held == nullptr ? std::nullopt : std::optional(*held);
}

}  // namespace

std::string value_of(const Target& target) {
  return std::visit(
      Overloaded{[](const std::string* text) { return *text; },
                 [](const std::vector<std::string>* list) { return joined(*list, ","); },
                 [](const Integer& integer) { return std::to_string(*integer.target); },
                 [](const Number& number) { return shown(*number.target); },
                 [](const bool* toggle) { return std::string(*toggle ? "true" : "false"); },
                 [](const std::optional<time::Day>* day) { return *day ? time::to_string(**day) : std::string(); },
                 [](const Choice& choice) {
                   const auto chosen = choice.chosen();
                   return chosen < choice.names.size() ? choice.names[chosen] : std::string();
                 }},
      target);
}

bool has_value(const Target& target) {
  const auto* integer = std::get_if<Integer>(&target);
  return integer == nullptr ? !value_of(target).empty() : is_allowed(*integer, *integer->target);
}

std::string limits_of(const Target& target) {
  if (const auto* integer = std::get_if<Integer>(&target)) return limits(*integer);
  if (const auto* number = std::get_if<Number>(&target)) return limits(*number);
  return {};
}

Problem set(const Target& target, const std::vector<std::string>& texts) {
  if (auto* const* list = std::get_if<std::vector<std::string>*>(&target)) {
    **list = texts;
    return {};
  }
  if (texts.size() != 1) return "must be given once";
  const auto& text = texts.front();
  return std::visit(Overloaded{[&](std::string* to) -> Problem {
                                 *to = text;
                                 return {};
                               },
                               [](std::vector<std::string>*) -> Problem { return {}; },  // above
                               [&](const Integer& to) { return take(to, text::number<std::int64_t>(text)); },
                               [&](const Number& to) { return take(to, text::number<double>(text)); },
                               [&](bool* to) { return take(to, parse_toggle(text)); },
                               [&](std::optional<time::Day>* to) { return take(to, text); },
                               [&](const Choice& to) { return take(to, text); }},
                    target);
}

Problem set(const Target& target, const FileValue& value) {
  const auto text = as<std::string>(value);
  const auto whole = as<std::int64_t>(value);
  return std::visit(Overloaded{[&](std::string* to) -> Problem {
                                 if (!text) return "must be a text in quotes";
                                 *to = *text;
                                 return {};
                               },
                               [&](std::vector<std::string>* to) -> Problem {
                                 const auto list = as<std::vector<std::string>>(value);
                                 if (!list) return "must be an array of texts";
                                 *to = without_empty(*list);
                                 return {};
                               },
                               [&](const Integer& to) { return take(to, whole); },
                               [&](const Number& to) {
                                 return take(to,
                                             whole ? std::optional(static_cast<double>(*whole)) : as<double>(value));
                               },
                               [&](bool* to) { return take(to, as<bool>(value)); },
                               [&](std::optional<time::Day>* to) { return take(to, text.value_or("")); },
                               [&](const Choice& to) { return take(to, text.value_or("")); }},
                    target);
}

std::string joined(const std::vector<std::string>& texts, std::string_view separator) {
  std::string all;
  for (const auto& text : texts) {
    if (!all.empty()) all.append(separator);
    all.append(text);
  }
  return all;
}

std::vector<std::string> without_empty(std::vector<std::string> texts) {
  std::erase(texts, std::string());
  return texts;
}

bool is_given(const FileValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return !text->empty();
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) return !without_empty(*list).empty();
  return true;
}

std::vector<std::string> split_list(std::string_view list) {
  std::vector<std::string> parts;
  while (!list.empty()) {
    if (const auto part = text::trimmed(text::take(list, ',')); !part.empty()) parts.emplace_back(part);
  }
  return parts;
}

}  // namespace dontgoback::config
