#include "command_line.hpp"

#include <string>
#include <utility>

#include "flags.hpp"
#include "toml_file.hpp"

namespace dontgoback::config {
namespace {

constexpr std::string_view kPrefix = "DONTGOBACK_";
constexpr std::string_view kConfig = "config";

}  // namespace

CommandLine::CommandLine(std::string description, std::string version)
    : description_(std::move(description)), version_(std::move(version)) {
  options_.begin_group("Configuration");
  options_.text("--config", "FILE", file_, "Configuration file; /etc/dontgoback/dontgoback.toml if it is there");
}

Invocation CommandLine::parse(int argc, const char* const* argv, const Environment& environment,
                              const std::filesystem::path& default_file, Problems& problems, Problems& warnings) {
  auto flags = parse_flags(description_, version_, options_, commands_, argc, argv, problems);
  if (!flags.invocation.answer.empty()) return std::move(flags.invocation);

  file_ = variable(environment, "DONTGOBACK_CONFIG");
  for (const auto& given : flags.given) {
    if (given.option->name == kConfig) file_ = given.texts.back();
  }
  apply_file(default_file, problems);
  apply_variables(environment, problems, warnings);
  for (const auto& given : flags.given) {
    if (const auto problem = given.option->set(given.texts)) {
      problems.push_back("--" + given.option->name + ": " + *problem);
    }
    given.option->source = "flag";
  }
  return std::move(flags.invocation);
}

void CommandLine::apply_file(const std::filesystem::path& default_file, Problems& problems) {
  if (file_.empty()) {
    std::error_code unknown;
    if (!std::filesystem::exists(default_file, unknown)) return;
    file_ = default_file.string();
    options_.find(kConfig)->source = "there by default";
  }
  auto file = read_toml(file_);
  if (!file.problem.empty()) problems.push_back(std::move(file.problem));
  for (const auto& entry : file.entries) {
    auto place = file_ + ":" + std::to_string(entry.line);
    auto* option = entry.key == kConfig ? nullptr : options_.find(entry.key);
    if (option == nullptr) {
      problems.push_back(place + ": " + entry.key + ": there is no such key");
      continue;
    }
    if (const auto problem = option->set(entry.value)) problems.push_back(place + ": " + entry.key + ": " + *problem);
    option->source = std::move(place);
  }
}

void CommandLine::apply_variables(const Environment& environment, Problems& problems, Problems& warnings) {
  std::map<std::string, OptionSet::Option*, std::less<>> by_variable;
  for (auto& option : options_.options()) by_variable.emplace(option.variable(), &option);
  for (auto entry = environment.lower_bound(kPrefix);
       entry != environment.end() && entry->first.compare(0, kPrefix.size(), kPrefix) == 0; ++entry) {
    const auto& [name, text] = *entry;
    if (text.empty()) continue;
    const auto found = by_variable.find(name);
    if (found == by_variable.end()) {
      warnings.push_back(name + ": there is no such option; the variable is ignored");
      continue;
    }
    auto& option = *found->second;
    const auto problem = option.set(option.is_list() ? split_list(text) : std::vector<std::string>{text});
    if (problem) problems.push_back(name + ": " + *problem);
    option.source = name;
  }
}

}  // namespace dontgoback::config
