#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "environment.hpp"
#include "option_set.hpp"

namespace dontgoback::config {

/// What is wrong with the configuration: a sentence each, naming where it stands.
using Problems = std::vector<std::string>;

/// A subcommand of the command line: `users create`, or `serve` without a group.
struct CommandSyntax {
  std::string group;
  std::string name;
  std::string help;
  std::function<void(Options&)> declare;  ///< its own flags and positional arguments; may be empty
  bool reads_file = true;                 ///< the node's configuration file: not of what writes it
};

/// What the user asked for.
struct Invocation {
  std::string group;
  std::string name;      ///< empty: nothing was named, or `serve`
  bool json = false;     ///< `--json`
  std::string instance;  ///< `core-2`, or a role alone; empty where neither flag nor variable says one
  std::string answer;    ///< the help or the version: print it and end
};

/// Reads flags with CLI11, the TOML file and variables into the targets of the declared options: flag beats variable
/// beats file, and every value given is checked, also one that is beaten. Never stops at the first problem.
class CommandLine {
 public:
  CommandLine(std::string description, std::string version);

  /// The options of the node; each is a flag, a variable and a key of the file.
  OptionSet& options() { return options_; }
  void add(CommandSyntax command) { commands_.push_back(std::move(command)); }

  /// Fills the targets. Adds what is wrong to `problems`, and to `warnings` variables named like ours that nobody
  /// declared and a role of the file that is not the one that counts. The file is the one of `--config`, else of
  /// `ROLE.toml`, where a flag or variable says the role, and `dontgoback.toml` the first that is in
  /// `default_directory`; one that is there and cannot be read is a problem. An empty value counts as not given,
  /// wherever it stands. A role given by flag or variable may be an instance, `core-2`: the role is `core`, the file
  /// `core-2.toml`.
  Invocation parse(int argc, const char* const* argv, const Environment& environment,
                   const std::filesystem::path& default_directory, Problems& problems, Problems& warnings);

 private:
  bool reads_file(const Invocation& invocation) const;
  void choose_file(const std::string& role, const std::filesystem::path& default_directory);
  void apply_file(Problems& problems);
  void apply_variables(const Environment& environment, Problems& problems, Problems& warnings);

  std::string description_;
  std::string version_;
  std::string file_;  // `--config`
  OptionSet options_;
  std::vector<CommandSyntax> commands_;
};

}  // namespace dontgoback::config
