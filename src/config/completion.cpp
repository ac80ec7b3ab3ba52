#include "completion.hpp"

#include <map>
#include <set>
#include <variant>

namespace dontgoback::config {
namespace {

constexpr const char* kBefore = R"(# shellcheck shell=bash
# Made from the program's declarations: dontgoback --manual=completion
_dontgoback() {
  local current=${COMP_WORDS[COMP_CWORD]} option='' own='' i
  if [[ $current == = ]]; then
    option=${COMP_WORDS[COMP_CWORD-1]} current=''
  elif ((COMP_CWORD > 1)) && [[ ${COMP_WORDS[COMP_CWORD-1]} == = ]]; then
    option=${COMP_WORDS[COMP_CWORD-2]}
  else
    option=${COMP_WORDS[COMP_CWORD-1]}
  fi
  local words=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    [[ ${COMP_WORDS[i]} == [-=]* || ${COMP_WORDS[i-1]} == = ]] || words+=("${COMP_WORDS[i]}")
  done
)";

constexpr const char* kAfter = R"(  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$own $node" -- "$current")
    [[ ${COMPREPLY[0]} != *= ]] || compopt -o nospace
  elif [[ -n $next ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$next" -- "$current")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  fi
}
complete -F _dontgoback dontgoback
)";

struct Values {
  std::map<std::string, std::string> words;  // of an option that takes one of a few
  std::set<std::string> files;

  void add(const OptionSet& options) {
    for (const auto& option : options.options()) {
      if (option.positional) continue;
      if (const auto* choice = std::get_if<Choice>(&option.target)) {
        std::string all;
        for (const auto& name : choice->names) all += (all.empty() ? "" : " ") + name;
        words.emplace("--" + option.name, all);
      } else if (option.placeholder == "FILE" || option.placeholder == "DIR") {
        files.insert("--" + option.name);
      }
    }
  }
};

std::string flags_of(const OptionSet& options) {
  std::string all;
  for (const auto& option : options.options()) {
    if (option.positional) continue;
    all += (all.empty() ? "--" : " --") + option.name + (option.is_toggle() ? "" : "=");
  }
  return all;
}

std::string values(const Values& of) {
  std::string text = "  case $option in\n";
  for (const auto& [option, words] : of.words) {
    text += "    " + option + ") mapfile -t COMPREPLY < <(compgen -W \"" + words + "\" -- \"$current\"); return ;;\n";
  }
  std::string files;
  for (const auto& option : of.files) files += (files.empty() ? "" : "|") + option;
  if (!files.empty()) text += "    " + files + ") mapfile -t COMPREPLY < <(compgen -f -- \"$current\"); return ;;\n";
  return text + "  esac\n";
}

}  // namespace

std::string bash_completion(const Declarations& of) {
  Values taken;
  taken.add(of.options);
  std::map<std::string, std::string> names;  // by group; the empty one holds what comes first
  std::string own;
  for (const auto& syntax : of.commands) {
    OptionSet options;
    if (syntax.declare) syntax.declare(options);
    taken.add(options);
    const auto first = syntax.group.empty() ? syntax.name : syntax.group;
    auto& firsts = names[""];
    if ((" " + firsts + " ").find(" " + first + " ") == std::string::npos)
      firsts += (firsts.empty() ? "" : " ") + first;
    if (!syntax.group.empty()) names[syntax.group] += (names[syntax.group].empty() ? "" : " ") + syntax.name;
    if (const auto flags = flags_of(options); !flags.empty()) {
      own += "    \"" + (syntax.group.empty() ? syntax.name : syntax.group + " " + syntax.name) + "\"*) own=\"" +
             flags + "\" ;;\n";
    }
  }
  std::string next = "  local next=''\n  case \"${#words[@]} ${words[0]}\" in\n";
  for (const auto& [group, all] : names) {
    next +=
        group.empty() ? "    \"0 \") next=\"" + all + "\" ;;\n" : "    \"1 " + group + "\") next=\"" + all + "\" ;;\n";
  }
  return kBefore + values(taken) + "  local node=\"--help --version --json " + flags_of(of.options) +
         "\"\n  case \"${words[*]}\" in\n" + own + "  esac\n" + next + "  esac\n" + kAfter;
}

}  // namespace dontgoback::config
