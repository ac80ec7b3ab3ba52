#include "command_line.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

#include "flags.hpp"
#include "toml_file.hpp"

namespace dontgoback::config {
namespace {

constexpr std::string_view kPrefix = "DONTGOBACK_";
constexpr std::string_view kConfig = "config";
constexpr std::string_view kRole = "role";

const std::string* text_of(const std::vector<GivenOption>& given, std::string_view name) {
  const auto found = std::find_if(given.rbegin(), given.rend(), [&](const auto& g) { return g.option->name == name; });
  return found == given.rend() ? nullptr : &found->texts.back();
}

/// `core-2`, the second core of a machine, is of the role `core`; its file has its whole name.
std::string role_of(std::string_view instance) {
  const auto dash = instance.rfind('-');
  const auto number = dash == std::string_view::npos ? std::string_view() : instance.substr(dash + 1);
  const bool is_number = !number.empty() && number.size() <= 3 && number.front() != '0' &&
                         number.find_first_not_of("0123456789") == std::string_view::npos;
  return std::string(is_number ? instance.substr(0, dash) : instance);
}

void keep_roles(std::vector<std::string>& instances) {
  for (auto& instance : instances) instance = role_of(instance);
}

/// Where the command has an option of its own that could have been meant: `--member-role` for `--role`.
std::string hint(const std::string& name, const std::vector<std::string>& own_options) {
  for (const auto& own : own_options) {
    if (own.ends_with("-" + name)) return " (it is the node's: did you mean --" + own + "?)";
  }
  return {};
}

/// Also when it cannot be looked at: reading it says why.
bool may_be_there(const std::filesystem::path& file) {
  std::error_code unknown;
  return std::filesystem::status(file, unknown).type() != std::filesystem::file_type::not_found;
}

}  // namespace

CommandLine::CommandLine(std::string description, std::string version)
    : description_(std::move(description)), version_(std::move(version)) {
  options_.begin_group("Configuration");
  options_.text("--config", "FILE", file_,
                "Configuration file; without one /etc/dontgoback/ROLE.toml of the --role given, else "
                "/etc/dontgoback/dontgoback.toml, if it is there");
}

Invocation CommandLine::parse(int argc, const char* const* argv, const Environment& environment,
                              const std::filesystem::path& default_directory, Problems& problems, Problems& warnings) {
  auto flags = parse_flags(description_, version_, options_, commands_, argc, argv, problems);
  if (!flags.invocation.answer.empty()) return std::move(flags.invocation);

  const auto* file = text_of(flags.given, kConfig);
  const auto* given_role = text_of(flags.given, kRole);
  auto& instance = flags.invocation.instance;
  instance = given_role != nullptr ? *given_role : variable(environment, "DONTGOBACK_ROLE");
  if (reads_file(flags.invocation)) {
    file_ = file != nullptr ? *file : variable(environment, "DONTGOBACK_CONFIG");
    if (file_.empty()) choose_file(instance, default_directory);
  }
  if (!file_.empty()) apply_file(problems);
  const auto* role = options_.find(kRole);
  const auto role_in_file = role != nullptr && role->source != "default" ? role->value() : std::string();
  const auto its_place = role_in_file.empty() ? std::string() : role->place();

  apply_variables(environment, problems, warnings);
  for (auto& given : flags.given) {
    if (given.option->name == kRole) keep_roles(given.texts);
    if (const auto problem = given.option->set(given.texts)) {
      problems.push_back("--" + given.option->name + ": " + *problem + hint(given.option->name, flags.own_options));
    }
    given.option->source = "flag";
  }
  if (!role_in_file.empty() && role->value() != role_in_file) {
    warnings.push_back(its_place + ": is " + role_in_file + ", but " + role->place() + " says " + role->value() +
                       ", and that counts: is this the file that was meant?");
  }
  return std::move(flags.invocation);
}

bool CommandLine::reads_file(const Invocation& invocation) const {
  const auto command = std::find_if(commands_.begin(), commands_.end(), [&](const CommandSyntax& syntax) {
    return syntax.group == invocation.group && syntax.name == invocation.name;
  });
  return command == commands_.end() || command->reads_file;
}

void CommandLine::choose_file(const std::string& role, const std::filesystem::path& default_directory) {
  std::vector<std::filesystem::path> candidates{default_directory / "dontgoback.toml"};
  const auto* option = options_.find(kRole);
  const auto* roles = option == nullptr ? nullptr : std::get_if<Choice>(&option->target);
  // A role that is none is a problem of its own, and no part of a file's name.
  if (roles != nullptr && std::find(roles->names.begin(), roles->names.end(), role_of(role)) != roles->names.end()) {
    candidates.insert(candidates.begin(), default_directory / (role + ".toml"));
  }
  const auto found = std::find_if(candidates.begin(), candidates.end(), may_be_there);
  if (found == candidates.end()) return;
  file_ = found->string();
  options_.find(kConfig)->source = "there by default";
}

void CommandLine::apply_file(Problems& problems) {
  auto file = read_toml(file_);
  if (!file.problem.empty()) problems.push_back(std::move(file.problem));
  for (const auto& entry : file.entries) {
    auto place = file_ + ":" + std::to_string(entry.line);
    auto* option = entry.key == kConfig ? nullptr : options_.find(entry.key);
    if (option == nullptr) {
      problems.push_back(place + ": " + entry.key + ": there is no such key");
      continue;
    }
    if (!is_given(entry.value)) continue;
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
    if (text.empty()) continue;  // also of an option that nobody knows
    const auto found = by_variable.find(name);
    if (found == by_variable.end()) {
      warnings.push_back(name + ": there is no such option; the variable is ignored");
      continue;
    }
    auto& option = *found->second;
    auto texts = option.is_list() ? split_list(text) : std::vector<std::string>{text};
    if (option.name == kRole) keep_roles(texts);
    if (texts.empty()) continue;
    const auto problem = option.set(texts);
    if (problem) problems.push_back(name + ": " + *problem);
    option.source = name;
  }
}

}  // namespace dontgoback::config
