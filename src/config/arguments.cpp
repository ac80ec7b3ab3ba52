#include "arguments.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace dontgoback::config {
namespace {

bool is_flag(std::string_view argument) { return argument.substr(0, 2) == "--" || argument == "-h"; }

/// What is known where the reader stands: a command's own flags come before the node's.
class Known {
 public:
  Known(const Flags& node_flags, const std::vector<CommandFlags>& commands) : node_(node_flags), commands_(commands) {}

  const Takes* find(std::string_view argument) const {
    if (!is_flag(argument)) return nullptr;
    const auto name = argument.substr(2, argument.find('=') - 2);
    for (const auto* flags : {command_ == nullptr ? &node_ : &command_->flags, &node_}) {
      if (const auto found = flags->find(name); found != flags->end()) return &found->second;
    }
    return nullptr;
  }

  /// A word that is neither a flag nor its value.
  void pass(std::string_view word) {
    if (command_ != nullptr) return;
    const auto named = [&](const auto& command) { return command.group == group_ && command.name == word; };
    const auto found = std::find_if(commands_.begin(), commands_.end(), named);
    if (found != commands_.end()) {
      command_ = &*found;
    } else if (group_.empty()) {
      group_ = word;
    }
  }

 private:
  const Flags& node_;
  const std::vector<CommandFlags>& commands_;
  std::string group_;
  const CommandFlags* command_ = nullptr;
};

}  // namespace

std::vector<std::string> given_arguments(int argc, const char* const* argv, const Flags& node_flags,
                                         const std::vector<CommandFlags>& commands, Problems& problems) {
  Known known(node_flags, commands);
  std::vector<std::string> given;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--") {
      std::copy(argv + i, argv + argc, std::back_inserter(given));
      break;
    }
    const auto* takes = known.find(argument);
    const auto equals = argument.find('=');
    const bool may_be_unset = takes != nullptr && *takes == Takes::nothing && equals == argument.npos &&
                              argument != "--help" && argument != "--version";
    if (may_be_unset && i + 1 < argc && *argv[i + 1] == '\0') {
      ++i;  // `--yes "$UNSET"`: an empty value is no value, of a flag too
    } else if (takes == nullptr || *takes == Takes::nothing || equals != argument.npos) {
      const bool is_empty = takes != nullptr && equals + 1 == argument.size();
      if (!is_empty) given.emplace_back(argument);
      if (!is_flag(argument)) known.pass(argument);
    } else if (i + 1 == argc) {
      problems.push_back(std::string(argument) + ": its value is missing");
    } else if (is_flag(argv[i + 1])) {
      problems.push_back(std::string(argument) + ": its value is missing; one that begins with -- is written " +
                         std::string(argument) + "=VALUE");
    } else if (const std::string_view value = argv[++i]; !value.empty()) {
      given.push_back(std::string(argument) + "=" + std::string(value));
    }
  }
  return given;
}

}  // namespace dontgoback::config
