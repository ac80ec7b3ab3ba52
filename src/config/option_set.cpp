#include "option_set.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>
#include <utility>

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

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string all;
  for (const auto& part : parts) {
    if (!all.empty()) all.append(separator);
    all.append(part);
  }
  return all;
}

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
  std::array<char, 32> digits;
  return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr};
}

std::string range_rule(const OptionSet::Integer& integer) {
  return "must be a whole number from " + std::to_string(integer.min) + " to " + std::to_string(integer.max);
}

std::string choice_rule(const OptionSet::Choice& choice) { return "must be one of " + join(choice.allowed, ", "); }

using Problem = std::optional<std::string>;

Problem take(const OptionSet::Integer& to, std::optional<std::int64_t> number) {
  if (!number || *number < to.min || *number > to.max) return range_rule(to);
  *to.target = *number;
  return {};
}

Problem take(double* to, std::optional<double> number) {
  if (!number || !std::isfinite(*number)) return "must be a number";
  *to = *number;
  return {};
}

Problem take(const OptionSet::Choice& to, const std::string& text) {
  if (std::find(to.allowed.begin(), to.allowed.end(), text) == to.allowed.end()) return choice_rule(to);
  *to.target = text;
  return {};
}

}  // namespace

std::string OptionSet::Option::variable() const {
  std::string variable = "DONTGOBACK_";
  for (const char c : name) {
    variable.push_back(c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c));
  }
  return variable;
}

std::string OptionSet::Option::place() const {
  if (source == variable()) return source;
  if (source.find(':') != std::string::npos) return source + ": " + name;
  return "--" + name;
}

std::string OptionSet::Option::value() const {
  return std::visit(Overloaded{[](const std::string* text) { return *text; },
                               [](const std::vector<std::string>* list) { return join(*list, ","); },
                               [](const Integer& integer) { return std::to_string(*integer.target); },
                               [](const double* number) { return shown(*number); },
                               [](const bool* toggle) { return std::string(*toggle ? "true" : "false"); },
                               [](const Choice& choice) { return *choice.target; }},
                    target);
}

bool OptionSet::Option::has_value() const {
  const auto* integer = std::get_if<Integer>(&target);
  if (integer == nullptr) return !value().empty();
  return *integer->target >= integer->min && *integer->target <= integer->max;
}

Problem OptionSet::Option::set(const std::vector<std::string>& texts) {
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
                               [&](double* to) { return take(to, text::number<double>(text)); },
                               [&](bool* to) -> Problem {
                                 const auto parsed = parse_toggle(text);
                                 if (!parsed) return "must be true or false";
                                 *to = *parsed;
                                 return {};
                               },
                               [&](const Choice& to) { return take(to, text); }},
                    target);
}

Problem OptionSet::Option::set(const FileValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  const auto* integer = std::get_if<std::int64_t>(&value);
  const auto* real = std::get_if<double>(&value);
  return std::visit(
      Overloaded{[&](std::string* to) -> Problem {
                   if (text == nullptr) return "must be a text in quotes";
                   *to = *text;
                   return {};
                 },
                 [&](std::vector<std::string>* to) -> Problem {
                   const auto* list = std::get_if<std::vector<std::string>>(&value);
                   if (list == nullptr) return "must be an array of texts";
                   *to = without_empty(*list);
                   return {};
                 },
                 [&](const Integer& to) { return take(to, integer ? std::optional(*integer) : std::nullopt); },
                 [&](double* to) {
                   return take(to, real      ? std::optional(*real)
                                   : integer ? std::optional(static_cast<double>(*integer))
                                             : std::nullopt);
                 },
                 [&](bool* to) -> Problem {
                   const auto* boolean = std::get_if<bool>(&value);
                   if (boolean == nullptr) return "must be true or false";
                   *to = *boolean;
                   return {};
                 },
                 [&](const Choice& to) -> Problem { return text ? take(to, *text) : choice_rule(to); }},
      target);
}

void OptionSet::add(std::string_view flag, std::string_view placeholder, std::string_view help, Target target) {
  Option option;
  option.positional = flag.substr(0, 2) != "--";
  option.optional = flag.starts_with('[') && flag.ends_with(']');
  option.name = option.optional ? flag.substr(1, flag.size() - 2) : option.positional ? flag : flag.substr(2);
  option.placeholder = placeholder;
  option.help = help;
  option.group = group_;
  option.target = std::move(target);
  if (find(option.name) != nullptr) throw std::logic_error("the option " + option.name + " is declared twice");
  options_.push_back(std::move(option));
}

OptionSet::Option* OptionSet::find(std::string_view name) {
  const auto found = std::find_if(options_.begin(), options_.end(), [&](const auto& o) { return o.name == name; });
  return found == options_.end() ? nullptr : &*found;
}

void OptionSet::text(std::string_view flag, std::string& target, std::string_view help) {
  add(flag, "TEXT", help, &target);
}
void OptionSet::text(std::string_view flag, std::string_view placeholder, std::string& target, std::string_view help) {
  add(flag, placeholder, help, &target);
}
void OptionSet::list(std::string_view flag, std::vector<std::string>& target, std::string_view help) {
  add(flag, "TEXT", help, &target);
}
void OptionSet::list(std::string_view flag, std::string_view placeholder, std::vector<std::string>& target,
                     std::string_view help) {
  add(flag, placeholder, help, &target);
}
void OptionSet::integer(std::string_view flag, std::int64_t& target, std::int64_t min, std::int64_t max,
                        std::string_view help) {
  add(flag, "N", help, Integer{&target, min, max});
}
void OptionSet::number(std::string_view flag, double& target, std::string_view help) {
  add(flag, "NUMBER", help, &target);
}
void OptionSet::toggle(std::string_view flag, bool& target, std::string_view help) { add(flag, "", help, &target); }
void OptionSet::choice(std::string_view flag, std::string& target, std::vector<std::string> allowed,
                       std::string_view help) {
  const auto placeholder = join(allowed, "|");
  add(flag, placeholder, help, Choice{&target, std::move(allowed)});
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
