#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "command_line.hpp"

namespace dontgoback::config {

enum class Takes { nothing, value };

/// What each flag takes, by its name without dashes.
using Flags = std::map<std::string, Takes, std::less<>>;

/// A command's words (`users create`; the first empty where there is no group) and the flags of its own, which are
/// known after them.
struct CommandFlags {
  std::string group;
  std::string name;
  Flags flags;
};

/// The arguments after the program's name with every value joined to its flag (`--listen=…`), so that none can be taken
/// for another's. A flag whose value is empty (`--issuer=`, `--issuer ""`) is left out: it counts as not given. One
/// without a value, at the end or before another flag, is a problem. Flags that nobody knows stay as they are.
std::vector<std::string> given_arguments(int argc, const char* const* argv, const Flags& node_flags,
                                         const std::vector<CommandFlags>& commands, Problems& problems);

}  // namespace dontgoback::config
