#pragma once

#include <string>
#include <vector>

#include "command_line.hpp"

// The half of the command line that CLI11 does. It only splits arguments into texts; what they mean is OptionSet's.
namespace dontgoback::config {

struct GivenOption {
  OptionSet::Option* option;
  std::vector<std::string> texts;
};

struct ParsedFlags {
  Invocation invocation;
  std::vector<GivenOption> given;        ///< of the node
  std::vector<std::string> own_options;  ///< the names of those that the command itself takes
};

/// A command's own flags and arguments are set at once; the node's are returned, because a file and variables come
/// first.
ParsedFlags parse_flags(const std::string& description, const std::string& version, OptionSet& node_options,
                        const std::vector<CommandSyntax>& commands, int argc, const char* const* argv,
                        Problems& problems);

}  // namespace dontgoback::config
