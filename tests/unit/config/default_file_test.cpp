#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "config/command_line.hpp"
#include "given.hpp"
#include "support/temporary_directory.hpp"

using namespace dontgoback::config;

namespace {

// What stands for /etc/dontgoback.
struct Machine {
  dontgoback::test::TemporaryDirectory etc;
  std::string role = "all";
  std::string name = "default";
  std::string file;  // as `config check` shows it
  std::string from;
  Problems problems;
  Problems warnings;

  std::string path(const std::string& file_name) const { return (etc.path() / file_name).string(); }
  void write(const std::string& file_name, const std::string& text) const { std::ofstream(path(file_name)) << text; }

  void given(std::vector<const char*> arguments, const Environment& environment = {}) {
    role = "all";
    name = "default";
    problems.clear();
    warnings.clear();
    CommandLine line{"A test", "1"};
    line.options().choice("--role", role, {"all", "auth", "core"}, "");
    line.options().text("--name", name, "");
    parse(line, std::move(arguments), environment, problems, warnings, etc.path().string());
    file = line.options().find("config")->value();
    from = line.options().find("config")->source;
  }
};

}  // namespace

TEST_CASE("the role's file is read, else the general one, else none") {
  Machine machine;
  machine.given({"--role=auth"});
  CHECK(machine.problems == Problems{});
  CHECK(machine.file.empty());

  machine.write("dontgoback.toml", "name = \"general\"");
  machine.given({"--role=auth"});
  CHECK(machine.name == "general");
  CHECK(machine.file == machine.path("dontgoback.toml"));
  CHECK(machine.from == "there by default");

  machine.write("auth.toml", "name = \"of auth\"");
  machine.given({"--role=auth"});
  CHECK(machine.name == "of auth");
  CHECK(machine.file == machine.path("auth.toml"));
  machine.given({}, {{"DONTGOBACK_ROLE", "auth"}});
  CHECK(machine.name == "of auth");
  machine.given({"--role=", "--role=auth"}, {{"DONTGOBACK_ROLE", "core"}});
  CHECK(machine.name == "of auth");
  machine.given({"--role="}, {{"DONTGOBACK_ROLE", "auth"}});
  CHECK(machine.name == "of auth");

  machine.given({"--role=core"});
  CHECK(machine.name == "general");
  machine.given({});  // no role said: `all` is only what is meant then
  CHECK(machine.name == "general");
  CHECK(machine.problems == Problems{});
}

TEST_CASE("a file that is named is the only one") {
  Machine machine;
  machine.write("auth.toml", "name = \"of auth\"");
  machine.write("other.toml", "name = \"other\"");
  const auto other = machine.path("other.toml");
  machine.given({"--role=auth", "--config", other.c_str()});
  CHECK(machine.name == "other");
  CHECK(machine.from == "flag");
  machine.given({"--role=auth"}, {{"DONTGOBACK_CONFIG", other}});
  CHECK(machine.name == "other");
  machine.given({"--role=auth", "--config="}, {{"DONTGOBACK_CONFIG", ""}});
  CHECK(machine.name == "of auth");
}

TEST_CASE("a role that is none chooses no file") {
  Machine machine;
  machine.write("king.toml", "name = \"king's\"");
  machine.given({"--role=king"});
  CHECK(machine.problems == Problems{"--role: must be one of all, auth, core"});
  CHECK(machine.name == "default");
}

TEST_CASE("a file that is there and cannot be read is a problem") {
  Machine machine;
  std::filesystem::create_directory(machine.path("auth.toml"));
  machine.given({"--role=auth"});
  REQUIRE(machine.problems.size() == 1);
  CHECK_THAT(machine.problems[0], Catch::StartsWith(machine.path("auth.toml") + ": cannot be read"));
  machine.given({"--role=core"});
  CHECK(machine.problems == Problems{});

  machine.write("core.toml", "name = ");
  machine.given({"--role=core"});
  REQUIRE(machine.problems.size() == 1);
  CHECK_THAT(machine.problems[0], Catch::StartsWith(machine.path("core.toml") + ":1"));
  CHECK(machine.problems[0].find("is not TOML") != std::string::npos);

  machine.write("all.toml", "name = \"hidden\"");
  if (::geteuid() == 0) return;  // may read everything
  ::chmod(machine.path("all.toml").c_str(), 0);
  machine.given({"--role=all"});
  REQUIRE(machine.problems.size() == 1);
  CHECK_THAT(machine.problems[0], Catch::StartsWith(machine.path("all.toml") + ": cannot be read: Permission denied"));
  ::chmod(machine.etc.path().c_str(), 0);
  machine.given({"--role=all"});
  ::chmod(machine.etc.path().c_str(), 0700);
  REQUIRE(machine.problems.size() == 1);
  CHECK_THAT(machine.problems[0], Catch::StartsWith(machine.path("all.toml") + ": cannot be read: Permission denied"));
}

TEST_CASE("a file of another role is warned of, and the flag counts") {
  Machine machine;
  machine.write("auth.toml", "\nrole = \"core\"");
  machine.given({"--role=auth"});
  CHECK(machine.role == "auth");
  CHECK(machine.problems == Problems{});
  REQUIRE(machine.warnings.size() == 1);
  CHECK_THAT(machine.warnings[0],
             Catch::StartsWith(machine.path("auth.toml") + ":2: role: is core, but --role says auth"));
  machine.given({}, {{"DONTGOBACK_ROLE", "auth"}});
  REQUIRE(machine.warnings.size() == 1);
  CHECK(machine.warnings[0].find("but DONTGOBACK_ROLE says auth") != std::string::npos);

  machine.write("auth.toml", "role = \"auth\"");
  machine.given({"--role=auth"});
  CHECK(machine.warnings == Problems{});
  machine.write("dontgoback.toml", "role = \"core\"");
  machine.given({});
  CHECK(machine.role == "core");
  CHECK(machine.warnings == Problems{});
}

TEST_CASE("what only shows the help reads no file") {
  Machine machine;
  machine.write("dontgoback.toml", "name = ");
  machine.given({"--help"});
  CHECK(machine.problems == Problems{});
}

TEST_CASE("a role with a number is the role, and has a file of its own") {
  Machine machine;
  machine.write("core.toml", "name = \"the first\"");
  machine.write("core-2.toml", "name = \"the second\"");
  machine.given({"--role=core-2"});
  CHECK(machine.problems == Problems{});
  CHECK(machine.role == "core");
  CHECK(machine.name == "the second");
  machine.given({}, {{"DONTGOBACK_ROLE", "core-2"}});
  CHECK(machine.problems == Problems{});
  CHECK(machine.role == "core");
  CHECK(machine.file == machine.path("core-2.toml"));

  // A file that says its role says it as it is, and no other.
  machine.write("core-2.toml", "role = \"core\"\nname = \"the second\"");
  machine.given({"--role=core-2"});
  CHECK(machine.warnings == Problems{});
  for (const auto* strange : {"--role=king-2", "--role=core-", "--role=core-0", "--role=core-02", "--role=core-1000",
                              "--role=core-x", "--role=core-1-2", "--role=-2"}) {
    CAPTURE(strange);
    machine.given({strange});
    CHECK(machine.problems.size() == 1);
    CHECK(machine.file.empty());
  }
}
