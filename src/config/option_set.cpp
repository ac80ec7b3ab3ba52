#include "option_set.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace dontgoback::config {

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

void OptionSet::add(std::string_view flag, std::string_view placeholder, std::string_view help, Target target) {
  Option option;
  option.positional = flag.substr(0, 2) != "--";
  option.optional = flag.starts_with('[') && flag.ends_with(']');
  option.name = option.optional ? flag.substr(1, flag.size() - 2) : option.positional ? flag : flag.substr(2);
  option.placeholder = placeholder;
  option.help = help;
  if (const auto limits = limits_of(target); !limits.empty()) option.help.append(" (").append(limits).append(")");
  option.group = group_;
  option.target = std::move(target);
  if (find(option.name) != nullptr) throw std::logic_error("the option " + option.name + " is declared twice");
  options_.push_back(std::move(option));
}

OptionSet::Option* OptionSet::find(std::string_view name) {
  const auto found = std::find_if(options_.begin(), options_.end(), [&](const auto& o) { return o.name == name; });
  return found == options_.end() ? nullptr : &*found;
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
void OptionSet::number(std::string_view flag, double& target, double min, double max, std::string_view help) {
  add(flag, "NUMBER", help, Number{&target, min, max});
}
void OptionSet::toggle(std::string_view flag, bool& target, std::string_view help) { add(flag, "", help, &target); }
void OptionSet::day(std::string_view flag, std::optional<time::Day>& target, std::string_view help) {
  add(flag, "YYYY-MM-DD", help, &target);
}
void OptionSet::choice(std::string_view flag, Choice choice, std::string_view help) {
  const auto placeholder = joined(choice.names, "|");
  add(flag, placeholder, help, std::move(choice));
}

}  // namespace dontgoback::config
