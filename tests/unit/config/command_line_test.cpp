#include "config/command_line.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <optional>

#include "given.hpp"

using namespace dontgoback::config;

namespace {

// A node with one option of each kind, and a command.
struct Fixture {
  std::string name = "seoul";
  std::vector<std::string> peers{"a"};
  std::int64_t threads = 2;
  double sigma = 0.02;
  bool loud = false;
  std::string color = "red";
  std::string role;
  std::string user_color;
  bool quick = false;
  std::optional<bool> how_quick;
  std::string user;
  std::int64_t id = 0;

  CommandLine line{"A test", "1.2.3"};
  Problems problems;
  Problems warnings;

  Fixture() {
    auto& options = line.options();
    options.begin_group("Test");
    options.text("--the-name", name, "A name");
    options.list("--peer", peers, "Peers");
    options.integer("--threads", threads, 1, 8, "Threads");
    options.number("--sigma", sigma, 0, 2.5, "Sigma");
    options.toggle("--loud", loud, "Loud");
    options.choice("--color", color, {"red", "blue"}, "Color");
    line.add({"", "serve", "Runs", {}});
    line.add({"users", "create", "Makes one", [this](Options& own) {
                own.text("--color", role, "The user's");
                own.toggle("--quick", quick, "Without asking");
                own.integer("id", id, 1, 100, "Id");
              }});
    line.add({"users", "change", "Changes one", [this](Options& own) {
                own.choice<std::optional<bool>>("--quick", how_quick, {{"true", true}, {"false", false}}, "How");
                own.text("--user-color", user_color, "The user's");
                own.text("name", user, "Name");
              }});
  }

  Invocation given(std::vector<const char*> arguments, const Environment& environment = {}) {
    return parse(line, std::move(arguments), environment, problems, warnings);
  }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "nothing given leaves the defaults") {
  const auto invocation = given({});
  CHECK(problems.empty());
  CHECK(invocation.name.empty());
  CHECK(name == "seoul");
  CHECK(line.options().find("the-name")->source == "default");
}

TEST_CASE_METHOD(Fixture, "a flag beats the variable, the variable beats the file") {
  const TomlText file("the-name = \"file\"\nthreads = 3\nsigma = 1\npeer = [\"x\", \"y\"]\nloud = true\n");
  given({"--threads=5", "--config", file.path().c_str()},
        {{"DONTGOBACK_THE_NAME", "variable"}, {"DONTGOBACK_THREADS", "4"}});
  CHECK(problems == Problems{});
  CHECK(threads == 5);
  CHECK(name == "variable");
  CHECK(sigma == 1.0);
  CHECK(peers == std::vector<std::string>{"x", "y"});
  CHECK(loud);
  CHECK(line.options().find("threads")->source == "flag");
  CHECK(line.options().find("the-name")->source == "DONTGOBACK_THE_NAME");
  CHECK(line.options().find("sigma")->source == file.path() + ":3");
}

TEST_CASE_METHOD(Fixture, "lists: repeated flags, a variable split at commas, replaced as a whole") {
  given({"--peer", "b", "--peer=c"}, {{"DONTGOBACK_PEER", "d, e,,f"}});
  CHECK(peers == std::vector<std::string>{"b", "c"});
  given({}, {{"DONTGOBACK_PEER", "d, e,,f"}});
  CHECK(peers == std::vector<std::string>{"d", "e", "f"});
  CHECK(problems.empty());
}

TEST_CASE_METHOD(Fixture, "the file may be named by a variable") {
  const TomlText file("color = \"blue\"");
  given({}, {{"DONTGOBACK_CONFIG", file.path()}});
  CHECK(color == "blue");
  CHECK(problems.empty());
}

TEST_CASE_METHOD(Fixture, "every problem is named, with its place, wherever it is") {
  const TomlText file(
      "the-name = 5\npeer = \"x\"\nthreads = 9\nsigma = \"s\"\nloud = \"true\"\ncolor = \"green\"\n"
      "nobody = 1\n[table]\nx = 1\n");
  given({"--threads=1.5", "--color=pink", "--unknown", "value", "--other=1", "frobnicate", "--config",
         file.path().c_str()},
        {{"DONTGOBACK_THREADS", "many"}, {"DONTGOBACK_LOUD", "maybe"}});
  const auto path = file.path();
  CHECK_THAT(problems, Catch::UnorderedEquals(Problems{
                           path + ":1: the-name: must be a text in quotes",
                           path + ":2: peer: must be an array of texts",
                           path + ":3: threads: must be a whole number from 1 to 8",
                           path + ":4: sigma: must be a number from 0 to 2.5",
                           path + ":5: loud: must be true or false",
                           path + ":6: color: must be red or blue",
                           path + ":7: nobody: there is no such key",
                           path + ":8: table: there is no such key",
                           "DONTGOBACK_THREADS: must be a whole number from 1 to 8",
                           "DONTGOBACK_LOUD: must be true or false",
                           "--threads: must be a whole number from 1 to 8",
                           "--color: must be red or blue",
                           "--unknown: there is no such option",
                           "--other: there is no such option",
                           "frobnicate: there is no such command",
                       }));
}

TEST_CASE_METHOD(Fixture, "values that are nearly right are wrong") {
  for (const auto* text : {" 3", "3 ", "0x3", "+3", "1e0", "99999999999999999999", "0", "9"}) {
    problems.clear();
    CAPTURE(text);
    given({"--threads", text});
    CHECK(problems.size() == 1);
    CHECK(threads == 2);
  }
  for (const auto* text : {"nan", "inf", "0,5", "x", "-0.001", "2.501", "1e9"}) {
    problems.clear();
    CAPTURE(text);
    given({"--sigma", text});
    CHECK(problems.size() == 1);
    CHECK(sigma == 0.02);
  }
}

TEST_CASE_METHOD(Fixture, "one value, given twice or not at all") {
  given({"--the-name=a", "--the-name=b"});
  CHECK(problems == Problems{"--the-name: must be given once"});
  problems.clear();
  given({"--the-name"});
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].find("--the-name") != std::string::npos);
}

TEST_CASE_METHOD(Fixture, "a file that is no TOML, or not there") {
  const TomlText file("threads = 3\npeer = [1,\n");
  given({"--config", file.path().c_str()});
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].find(file.path() + ":") == 0);
  CHECK(problems[0].find("is not TOML") != std::string::npos);
  problems.clear();
  given({"--config=/nonexistent/file.toml"});
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].find("/nonexistent/file.toml: cannot be read") == 0);
}

TEST_CASE_METHOD(Fixture, "the file cannot name itself or another") {
  const TomlText file("config = \"other.toml\"");
  given({"--config", file.path().c_str()});
  CHECK(problems == Problems{file.path() + ":1: config: there is no such key"});
}

TEST_CASE_METHOD(Fixture, "empty variables are absent, strange ones only warned of") {
  given({}, {{"DONTGOBACK_THREADS", ""}, {"DONTGOBACK_PORT", "tcp://10.0.0.1:80"}, {"HOME", "/root"}});
  CHECK(problems.empty());
  REQUIRE(warnings.size() == 1);
  CHECK(warnings[0].find("DONTGOBACK_PORT") == 0);
}

TEST_CASE_METHOD(Fixture, "a command has options of its own and takes the node's") {
  const auto invocation = given({"--color=blue", "users", "create", "7", "--color=ADMIN", "--threads=3", "--json"});
  CHECK(problems == Problems{});
  CHECK(invocation.group == "users");
  CHECK(invocation.name == "create");
  CHECK(invocation.json);
  CHECK(id == 7);
  CHECK(role == "ADMIN");
  CHECK(color == "blue");
  CHECK(threads == 3);
}

TEST_CASE_METHOD(Fixture, "commands are checked like options") {
  given({"users"});
  CHECK(problems == Problems{"users: one of these must follow: create, change"});
  problems.clear();
  given({"users", "create", "700"});
  CHECK(problems == Problems{"id: must be a whole number from 1 to 100"});
}

TEST_CASE_METHOD(Fixture, "what a command must have is missed, of whatever kind") {
  given({"users", "create"});
  CHECK(problems == Problems{"id: is missing"});
  problems.clear();
  given({"users", "create", ""});
  CHECK(problems == Problems{"id: is missing"});
  problems.clear();
  given({"users", "change"});
  CHECK(problems == Problems{"name: is missing"});
}

TEST_CASE_METHOD(Fixture, "what takes a value in one command may take none in another") {
  given({"users", "create", "7", "--quick", "--threads=3"});
  CHECK(problems == Problems{});
  CHECK(quick);
  given({"users", "change", "--quick", "false", "somebody"});
  CHECK(problems == Problems{});
  CHECK(how_quick == false);
  CHECK(user == "somebody");
}

TEST_CASE_METHOD(Fixture, "a value that was meant for the command's own option is told where it belongs") {
  given({"users", "change", "somebody", "--color=ADMIN"});
  CHECK(problems == Problems{"--color: must be red or blue (it is the node's: did you mean --user-color?)"});
}

TEST_CASE_METHOD(Fixture, "serve may be said") {
  CHECK(given({"serve", "--loud"}).name == "serve");
  CHECK(problems.empty());
  CHECK(loud);
}

TEST_CASE_METHOD(Fixture, "help and version are answers") {
  CHECK(given({"--version"}).answer == "dontgoback 1.2.3\n");
  const auto help = given({"--help"}).answer;
  for (const auto* part : {"Test", "--the-name TEXT", "seoul", "--color red|blue", "users", "create", "DONTGOBACK_"}) {
    CAPTURE(help, part);
    CHECK(help.find(part) != std::string::npos);
  }
  const auto command = given({"users", "create", "--help"}).answer;
  CHECK(command.find("Makes one") != std::string::npos);
  CHECK(command.find("The user's") != std::string::npos);
}

TEST_CASE("an option is declared once") {
  CommandLine line{"A test", "1"};
  std::string text;
  line.options().text("--a", text, "A");
  CHECK_THROWS_AS(line.options().text("--a", text, "A"), std::logic_error);
}
