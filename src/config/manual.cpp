#include "manual.hpp"

#include "completion.hpp"

namespace dontgoback::config {
namespace {

using Option = OptionSet::Option;

/// As man(7) reads it: no line is a request, a dash is one that can be copied.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      if ((c == '.' || c == '\'') && (out.empty() || out.back() == '\n')) out += "\\&";
      out.push_back(c);
    }
  }
  return out;
}

std::string bold(std::string_view text) { return "\\fB" + plain(text) + "\\fR"; }
std::string italic(std::string_view text) { return "\\fI" + plain(text) + "\\fR"; }

std::string head(std::string_view name, std::string_view section, const Declarations& of, std::string_view title) {
  std::string text = ".TH ";
  text.append(name).append(" ").append(section).append(" \"\" \"dontgoback ").append(plain(of.version));
  return text + "\" \"" + plain(title) + "\"\n.SH NAME\n";
}

std::string said_of(const Option& option) {
  auto text = plain(option.help);
  if (option.name == "io-threads")
    return text + ". Default: as many as there are processors";  // of the reader's machine
  if (const auto value = option.value(); !value.empty() && !option.is_toggle()) text += ". Default: " + bold(value);
  return text;
}

std::string flag(const Option& option) {
  if (option.positional) return italic(option.optional ? "[" + option.name + "]" : option.name);
  auto text = bold("--" + option.name);
  if (!option.is_toggle()) text += "=" + italic(option.placeholder);
  return text;
}

std::string command(const CommandSyntax& syntax) {
  OptionSet options;
  if (syntax.declare) syntax.declare(options);
  auto line = bold(syntax.group.empty() ? syntax.name : syntax.group + " " + syntax.name);
  std::string details;
  for (const auto& option : options.options()) {
    if (option.positional) line += " " + flag(option) + (option.is_list() ? "..." : "");
    details += ".TP\n" + flag(option) + "\n" + said_of(option) + ".\n";
  }
  auto text = ".TP\n" + line + "\n" + plain(syntax.help) + ".\n";
  return details.empty() ? text : text + ".RS\n" + details + ".RE\n";
}

template <class Entry>
std::string by_group(const OptionSet& options, Entry entry) {
  std::string text;
  std::string_view group;
  for (const auto& option : options.options()) {
    const auto said = entry(option);
    if (!said.empty() && option.group != group) {
      text += ".SS " + plain(option.group) + "\n";
      group = option.group;
    }
    text += said;
  }
  return text;
}

std::string program_page(const Declarations& of) {
  auto text = head("DONTGOBACK", "1", of, "DontGoBack") +
              "dontgoback \\- a whole social network, or a node of one, and the commands for who runs it\n"
              ".SH SYNOPSIS\n.B dontgoback\n[\\fBserve\\fR] [\\fIOPTION\\fR]...\n.br\n.B dontgoback\n"
              "\\fICOMMAND\\fR [\\fIARGUMENT\\fR]... [\\fIOPTION\\fR]...\n.SH DESCRIPTION\n" +
              plain(of.description) +
              ".\nWithout a command it serves, until a signal ends it. Commands work beside a node that serves or "
              "without one, on the data that its configuration names; one that shows something changes nothing.\n"
              ".SH COMMANDS\n";
  for (const auto& syntax : of.commands) text += command(syntax);
  text += ".SH OPTIONS\n.TP\n\\fB\\-h\\fR, \\fB\\-\\-help\\fR\nShows the options, or what a command takes.\n.TP\n" +
          bold("--version") + "\nShows the version.\n.TP\n" + bold("--json") +
          "\nCommands answer in JSON instead of a table.\n";
  text += by_group(of.options,
                   [](const Option& option) { return ".TP\n" + flag(option) + "\n" + said_of(option) + ".\n"; });
  return text +
         ".SH ENVIRONMENT\nEvery option below a heading is also the variable \\fBDONTGOBACK_\\fINAME\\fR, in capitals "
         "and with _ for \\-. A flag beats the variable, the variable beats the file. Lists are split at commas. "
         "An empty value counts as not given.\n"
         ".SH FILES\n.TP\n\\fI/etc/dontgoback/ROLE.toml\\fR, \\fI/etc/dontgoback/dontgoback.toml\\fR\n"
         "The configuration, \\fBdontgoback.toml\\fR(5); the first that is there.\n"
         ".SH EXIT STATUS\n0: done. 1: failed. 2: wrong usage or configuration.\n"
         ".SH SEE ALSO\n\\fBdontgoback.toml\\fR(5), \\fI/usr/share/doc/dontgoback\\fR\n";
}

std::string type_of(const Option& option) {
  if (option.is_toggle()) return "true|false";
  return option.is_list() ? "[\"" + option.placeholder + "\", ...]" : option.placeholder;
}

std::string configuration_page(const Declarations& of) {
  return head("DONTGOBACK.TOML", "5", of, "DontGoBack") +
         "dontgoback.toml \\- configuration of a DontGoBack node\n.SH DESCRIPTION\n"
         "TOML. A node of a role reads \\fI/etc/dontgoback/ROLE.toml\\fR (an instance, like the second core of a "
         "machine, \\fIcore\\-2.toml\\fR), else \\fI/etc/dontgoback/dontgoback.toml\\fR, or what \\fB\\-\\-config\\fR "
         "names. Unknown keys and bad values stop the start, all of them named at once; \\fBdontgoback config "
         "check\\fR names the same. Secrets are in files of their own, named by the keys that end in \\fB\\-file\\fR.\n"
         ".SH KEYS\n" +
         by_group(of.options,
                  [](const Option& option) {
                    if (option.name == "config") return std::string();
                    return ".TP\n" + bold(option.name) + " = " + italic(type_of(option)) + "\n" + said_of(option) +
                           ".\n";
                  }) +
         ".SH EXAMPLES\nOne for each role in \\fI/usr/share/doc/dontgoback/examples\\fR.\n"
         ".SH SEE ALSO\n\\fBdontgoback\\fR(1)\n";
}

}  // namespace

std::optional<std::string> manual(std::string_view kind, const Declarations& declarations) {
  if (kind == "program") return program_page(declarations);
  if (kind == "configuration") return configuration_page(declarations);
  if (kind == "completion") return bash_completion(declarations);
  return std::nullopt;
}

}  // namespace dontgoback::config
