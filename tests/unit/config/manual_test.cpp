#include "config/manual.hpp"

#include <catch2/catch.hpp>

using namespace dontgoback::config;

namespace {

struct Declared {
  std::string text = "a\\b";
  std::string file;
  std::string role = "all";
  bool toggle = false;
  std::vector<std::string> many;
  OptionSet options;
  std::vector<CommandSyntax> commands;
  const std::string description = "What it is";
  const std::string version = "1.2-3";

  Declared() {
    options.begin_group("Node");
    options.choice("--role", role, {"all", "auth"}, "Which part");
    options.text("--some-text", "TEXT", text, ".starts like a request");
    options.text("--key-file", "FILE", file, "Where");
    options.toggle("--clock-trusted", toggle, "It is right");
    commands.push_back({"", "serve", "Serves", {}});
    commands.push_back({"users", "create", "Makes one", [this](Options& own) {
                          own.text("name", file, "Of the member");
                          own.list("--tag", many, "Repeatable");
                        }});
    commands.push_back({"users", "list", "Lists them", {}});
  }
  Declarations declarations() const { return {description, version, options, commands}; }
  std::string manual(std::string_view kind) const { return dontgoback::config::manual(kind, declarations()).value(); }
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the manual page names every command and option, with what is declared of it") {
  const auto page = Declared().manual("program");
  CHECK(page.starts_with(".TH DONTGOBACK 1 \"\" \"dontgoback 1.2\\-3\""));
  CHECK(has(page, ".SS Node\n.TP\n\\fB\\-\\-role\\fR=\\fIall|auth\\fR\nWhich part. Default: \\fBall\\fR.\n"));
  CHECK(has(page, "\\fBusers create\\fR \\fIname\\fR\nMakes one.\n.RS\n"));
  CHECK(has(page, "\\fB\\-\\-tag\\fR=\\fITEXT\\fR\nRepeatable.\n"));
  CHECK(has(page, "\\fBusers list\\fR\nLists them.\n"));
  CHECK(has(page, "\n\\&.starts like a request. Default: \\fBa\\eb\\fR.\n"));
}

TEST_CASE("the page of the file names every key, with the type that its values have") {
  const auto page = Declared().manual("configuration");
  CHECK(has(page, "\\fBclock\\-trusted\\fR = \\fItrue|false\\fR\n"));
  CHECK(has(page, "\\fBkey\\-file\\fR = \\fIFILE\\fR\n"));
  CHECK_FALSE(has(page, "create"));
}

TEST_CASE("bash completes commands, options and values") {
  const auto text = Declared().manual("completion");
  CHECK(has(text, R"("0 ") next="serve users")"));
  CHECK(has(text, R"("1 users") next="create list")"));
  CHECK(has(text, R"("users create"*) own="--tag=")"));
  CHECK(has(text, R"(--role) mapfile -t COMPREPLY < <(compgen -W "all auth" -- "$current"))"));
  CHECK(has(text, "    --key-file) "));
  CHECK(has(text, R"(--clock-trusted")"));
  const Declared declared;
  CHECK_FALSE(manual("novel", declared.declarations()));
}
