#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "command_line.hpp"

// What is written about the options and commands, made of their declarations, so that none is missing.
namespace dontgoback::config {

struct Declarations {
  const std::string& description;
  const std::string& version;
  const OptionSet& options;  ///< of the node, with their defaults: before anything was given
  const std::vector<CommandSyntax>& commands;
};

/// `program`: a manual page of section 1; `configuration`: of section 5, about the file; both for man(7).
/// `completion`: for bash. Nothing for another kind. Says the same on every machine.
std::optional<std::string> manual(std::string_view kind, const Declarations& declarations);

}  // namespace dontgoback::config
