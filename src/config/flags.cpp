#include "flags.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <deque>
#include <map>
#include <sstream>
#include <utility>

#include "arguments.hpp"
#include "manual.hpp"

namespace dontgoback::config {
namespace {

const std::string kVersionHelp = "Shows the version";
const std::string kJsonHelp = "Commands answer in JSON instead of a table";

struct Declared {
  OptionSet::Option* option;
  CLI::Option* flag;
};

struct ParsedCommand {
  const CommandSyntax* syntax;
  CLI::App* app;
  OptionSet options;
  std::vector<Declared> declared;
};

std::vector<Declared> declare(CLI::App& app, OptionSet& options) {
  std::vector<Declared> declared;
  for (auto& option : options.options()) {
    const auto name = (option.positional ? "" : "--") + option.name;
    CLI::Option* flag = option.is_toggle() ? app.add_flag(name, std::as_const(option.help))
                                           : app.add_option(name, CLI::callback_t{}, option.help);
    if (!option.is_toggle()) {
      flag->expected(1)->type_name(option.placeholder)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
      if (option.positional && option.is_list()) flag->expected(-1);
      if (const auto value = option.value(); !value.empty()) flag->default_str(value);
    }
    if (!option.group.empty()) flag->group(option.group);
    declared.push_back({&option, flag});
  }
  return declared;
}

void take_command(ParsedCommand& command, Problems& problems) {
  for (const auto& [option, flag] : command.declared) {
    const auto name = (option->positional ? "" : "--") + option->name;
    if (const auto given = without_empty(flag->results()); !given.empty()) {
      if (const auto problem = option->set(given)) problems.push_back(name + ": " + *problem);
    } else if (option->positional && !option->optional && !option->has_value()) {
      problems.push_back(name + ": is missing");
    }
  }
}

Flags flags_of(const OptionSet& options) {
  Flags flags;
  for (const auto& option : options.options()) {
    if (!option.positional) flags.emplace(option.name, option.is_toggle() ? Takes::nothing : Takes::value);
  }
  return flags;
}

// What nobody knows. The value of an unknown option is not named again, and an empty argument is none.
void name_strangers(const std::vector<std::string>& strangers, Problems& problems) {
  bool after_flag = false;
  for (const auto& stranger : strangers) {
    if (stranger.empty() || stranger == "--") continue;
    const bool is_flag = stranger.front() == '-';
    if (is_flag || !after_flag) {
      const auto name = stranger.substr(0, stranger.find('='));
      problems.push_back(name + (is_flag ? ": there is no such option" : ": there is no such command"));
    }
    after_flag = is_flag && stranger.find('=') == std::string::npos;
  }
}

}  // namespace

ParsedFlags parse_flags(const std::string& description, const std::string& version, OptionSet& node_options,
                        const std::vector<CommandSyntax>& commands, int argc, const char* const* argv,
                        Problems& problems) {
  CLI::App app{description, "dontgoback"};
  app.allow_extras()->fallthrough()->require_subcommand(0, 1);
  app.get_formatter()->column_width(36);
  app.set_help_flag("-h,--help", "Shows this, or what a command takes");
  const auto* show_version = app.add_flag("--version", kVersionHelp);
  const auto* json = app.add_flag("--json", kJsonHelp);
  std::string manual_kind;
  const auto* show_manual = app.add_option("--manual", manual_kind)->group("");  // for who makes packages
  app.footer(
      "Every option below a heading is also the variable DONTGOBACK_<NAME>, with _ for -, and the key <name> of the\n"
      "configuration file (TOML). A flag beats the variable, the variable beats the file. An empty value counts as "
      "not\n"
      "given.");

  const auto declared = declare(app, node_options);
  std::map<std::string, CLI::App*> groups;
  std::deque<ParsedCommand> parsed;
  for (const auto& syntax : commands) {
    auto* parent = &app;
    if (!syntax.group.empty()) {
      auto& group = groups[syntax.group];
      if (group == nullptr) group = app.add_subcommand(syntax.group)->group("Commands");
      parent = group;
    }
    auto& command = parsed.emplace_back();
    command.syntax = &syntax;
    command.app = parent->add_subcommand(syntax.name, syntax.help)->group("Commands");
    if (syntax.declare) syntax.declare(command.options);
    command.declared = declare(*command.app, command.options);
  }
  for (auto& [name, group] : groups) {
    std::string names;
    for (const auto* command : group->get_subcommands({})) names += (names.empty() ? "" : ", ") + command->get_name();
    group->description(names)->require_subcommand(0, 1);
  }

  auto node_flags = flags_of(node_options);
  for (const auto* of_the_program : {"help", "version", "json"}) node_flags.emplace(of_the_program, Takes::nothing);
  node_flags.emplace("manual", Takes::value);
  std::vector<CommandFlags> command_flags;
  for (const auto& command : parsed) {
    command_flags.push_back({command.syntax->group, command.syntax->name, flags_of(command.options)});
  }

  ParsedFlags result;
  try {
    auto given = given_arguments(argc, argv, node_flags, command_flags, problems);
    std::reverse(given.begin(), given.end());  // as CLI11 takes them
    app.parse(std::move(given));
  } catch (const CLI::CallForHelp& help) {
    std::ostringstream text;
    app.exit(help, text, text);
    result.invocation.answer = text.str();
    return result;
  } catch (const CLI::ParseError& error) {
    problems.emplace_back(error.what());
  }
  if (show_version->count() > 0) {
    result.invocation.answer = "dontgoback " + version + "\n";
    return result;
  }
  if (show_manual->count() > 0) {
    const auto text = manual(manual_kind, {description, version, node_options, commands});
    if (!text) problems.emplace_back("--manual: must be program, configuration or completion");
    result.invocation.answer = text.value_or("");
    return result;
  }
  if (json->count() > 0) {
    const auto problem = set(Target(&result.invocation.json), json->results());
    if (problem) problems.push_back("--json: " + *problem);
  }
  name_strangers(app.remaining(true), problems);
  for (const auto& [option, flag] : declared) {
    if (flag->count() > 0) result.given.push_back({option, flag->results()});
  }
  for (const auto& [name, group] : groups) {
    if (group->parsed() && group->get_subcommands().empty()) {
      problems.push_back(name + ": one of these must follow: " + group->get_description());
    }
  }
  for (auto& command : parsed) {
    if (!command.app->parsed()) continue;
    result.invocation.group = command.syntax->group;
    result.invocation.name = command.syntax->name;
    for (const auto& option : command.options.options()) result.own_options.push_back(option.name);
    take_command(command, problems);
  }
  return result;
}

}  // namespace dontgoback::config
