#include <catch2/catch.hpp>

#include "config/command_line.hpp"
#include "given.hpp"

// An empty value counts as not given, wherever it stands: `--issuer="$UNSET"` must neither become the issuer nor take
// what follows for it.

using namespace dontgoback::config;

namespace {

struct Node {
  std::string issuer = "default issuer";
  std::vector<std::string> peers{"default peer"};
  std::int64_t threads = 2;
  double sigma = 0.5;
  bool loud = true;
  std::string role = "all";
  bool operator==(const Node&) const = default;
};

struct Command {
  std::string name = "default name";
  std::vector<std::string> scopes;
  std::int64_t limit = 100;
  bool yes = false;
  std::string id;
  std::vector<std::string> rest;
  bool operator==(const Command&) const = default;
};

struct Parsed {
  Node node;
  Command command;
  Problems problems;
  Problems warnings;
  Invocation invocation;
  std::string source_of_issuer;
  std::string source_of_peer;
};

Parsed parsed(std::vector<const char*> arguments, const Environment& environment = {}) {
  Parsed result;
  auto& [node, command, problems, warnings, invocation, source_of_issuer, source_of_peer] = result;
  CommandLine line{"A test", "1"};
  auto& options = line.options();
  options.text("--issuer", node.issuer, "");
  options.list("--peer", node.peers, "");
  options.integer("--threads", node.threads, 1, 8, "");
  options.number("--sigma", node.sigma, -10, 10, "");
  options.toggle("--loud", node.loud, "");
  options.choice("--role", node.role, {"all", "auth"}, "");
  line.add({"clients", "add", "", [&command](Options& own) {
              own.text("--name", command.name, "");
              own.list("--scope", command.scopes, "");
              own.integer("--limit", command.limit, 1, 1000, "");
              own.toggle("--yes", command.yes, "");
              own.text("id", command.id, "");
            }});
  line.add({"", "audit", "", [](Options&) {}});
  invocation = parse(line, std::move(arguments), environment, problems, warnings);
  source_of_issuer = options.find("issuer")->source;
  source_of_peer = options.find("peer")->source;
  return result;
}

const std::vector<const char*> kNames{"issuer", "peer", "threads", "sigma", "loud", "role"};

}  // namespace

TEST_CASE("an empty flag of any kind leaves what would be without it, and what follows is read as it stands") {
  for (const std::string name : kNames) {
    const auto flag = "--" + name;
    const auto with_equals = flag + "=";
    for (std::vector<const char*> arguments : {std::vector<const char*>{with_equals.c_str()}, {flag.c_str(), ""}}) {
      CAPTURE(name, arguments.size());
      auto alone = parsed(arguments);
      CHECK(alone.problems == Problems{});
      CHECK(alone.node == Node{});
      arguments.insert(arguments.end(), {"audit", "--json"});
      auto before_a_command = parsed(arguments);
      CHECK(before_a_command.problems == Problems{});
      CHECK(before_a_command.invocation.name == "audit");
      CHECK(before_a_command.invocation.json);
      arguments = {with_equals.c_str(), name == "threads" ? "--sigma=2" : "--threads=5"};
      auto before_a_flag = parsed(arguments);
      CHECK(before_a_flag.problems == Problems{});
      CHECK((before_a_flag.node.threads == 5 || before_a_flag.node.sigma == 2));
    }
  }
}

TEST_CASE("an empty flag lets the variable through, an empty variable the file, an empty key the default") {
  const TomlText file(
      "issuer = \"of the file\"\npeer = [\"of the file\", \"\"]\nthreads = \"\"\nsigma = \"\"\n"
      "loud = \"\"\nrole = \"\"\n");
  const auto from_variable = parsed({"--issuer=", "--peer=", "--config", file.path().c_str()},
                                    {{"DONTGOBACK_ISSUER", "of the variable"}, {"DONTGOBACK_PEER", "x,,y"}});
  CHECK(from_variable.problems == Problems{});
  CHECK(from_variable.node.issuer == "of the variable");
  CHECK(from_variable.node.peers == std::vector<std::string>{"x", "y"});
  CHECK(from_variable.source_of_issuer == "DONTGOBACK_ISSUER");

  const auto from_file = parsed({"--issuer", "", "--config", file.path().c_str()},
                                {{"DONTGOBACK_ISSUER", ""}, {"DONTGOBACK_PEER", " , ,"}, {"DONTGOBACK_THREADS", ""}});
  CHECK(from_file.problems == Problems{});
  CHECK(from_file.node.issuer == "of the file");
  CHECK(from_file.node.peers == std::vector<std::string>{"of the file"});
  CHECK(from_file.source_of_peer == file.path() + ":2");
  CHECK(from_file.node.threads == 2);
  CHECK(from_file.node.sigma == 0.5);
  CHECK(from_file.node.loud);
  CHECK(from_file.node.role == "all");
}

TEST_CASE("lists of nothing are not given") {
  for (const auto* text : {"peer = \"\"", "peer = [\"\"]", "peer = [\"\", \"\"]", "peer = []"}) {
    const TomlText file(text);
    CAPTURE(text);
    const auto result = parsed({"--config", file.path().c_str()});
    CHECK(result.problems == Problems{});
    CHECK(result.node.peers == std::vector<std::string>{"default peer"});
    CHECK(result.source_of_peer == "default");
  }
  CHECK(parsed({"--peer=", "--peer=a", "--peer", "", "--peer", "b"}).node.peers == std::vector<std::string>{"a", "b"});
}

TEST_CASE("one value beside an empty one is one value") {
  const auto result = parsed({"--issuer=", "--issuer=one", "--issuer", ""});
  CHECK(result.problems == Problems{});
  CHECK(result.node.issuer == "one");
}

TEST_CASE("empty values of a command's own options") {
  const auto result = parsed({"clients", "add", "--scope=", "--name=", "app", "--limit=", "--scope", "",
                              "--yes=", "--role=auth", "--scope=a"});
  CHECK(result.problems == Problems{});
  CHECK(result.command.name == "default name");
  CHECK(result.command.scopes == std::vector<std::string>{"a"});
  CHECK(result.command.limit == 100);
  CHECK_FALSE(result.command.yes);
  CHECK(result.command.id == "app");
  CHECK(result.node.role == "auth");
}

TEST_CASE("what a command must have and is empty is missing") {
  CHECK(parsed({"clients", "add", ""}).problems == Problems{"id: is missing"});
  CHECK(parsed({"clients", "add", "--scope="}).problems == Problems{"id: is missing"});
}

TEST_CASE("the file's own name may be empty") {
  const auto result = parsed({"--config=", "--issuer=x"}, {{"DONTGOBACK_CONFIG", ""}});
  CHECK(result.problems == Problems{});
  CHECK(result.node.issuer == "x");
}

TEST_CASE("what is asked of the program itself is answered, whatever empty stands beside it") {
  CHECK_FALSE(parsed({"--version", ""}).invocation.answer.empty());
  CHECK_FALSE(parsed({"--help", ""}).invocation.answer.empty());
  const auto given = parsed({"--loud=false", ""});
  CHECK(given.problems == Problems{});
  CHECK_FALSE(given.node.loud);
}

TEST_CASE("a bad --json is named beside the other problems") {
  const auto result = parsed({"audit", "--json=bogus", "--threads=99"});
  CHECK(result.problems.size() == 2);
  CHECK_FALSE(result.invocation.json);
  CHECK_FALSE(parsed({"audit", "--json=false"}).invocation.json);
  CHECK(parsed({"audit", "--json=true"}).invocation.json);
}

TEST_CASE("an empty argument of nobody is none") { CHECK(parsed({"", "audit", ""}).problems == Problems{}); }

TEST_CASE("a flag without a value takes none from its neighbour") {
  for (std::vector<const char*> arguments : {std::vector<const char*>{"--issuer", "--role=auth"},
                                             {"--issuer", "--loud"},
                                             {"--issuer", "--"},
                                             {"--issuer"}}) {
    CAPTURE(arguments.size());
    const auto result = parsed(arguments);
    REQUIRE(result.problems.size() == 1);
    CHECK_THAT(result.problems[0], Catch::StartsWith("--issuer: its value is missing"));
    CHECK(result.node.issuer == "default issuer");
  }
  CHECK(parsed({"--issuer", "--role=auth"}).node.role == "auth");
}

TEST_CASE("values that look like something else stay values") {
  CHECK(parsed({"--issuer=--role=auth"}).node.issuer == "--role=auth");
  CHECK(parsed({"--issuer", "a=b"}).node.issuer == "a=b");
  CHECK(parsed({"--issuer", "audit"}).invocation.name.empty());
  CHECK(parsed({"--sigma", "-5"}).node.sigma == -5);
  CHECK(parsed({"--issuer", "-"}).node.issuer == "-");
  CHECK(parsed({"--peer", "[a,b]"}).node.peers == std::vector<std::string>{"[a,b]"});
  CHECK(parsed({"--loud=false"}).node.loud == false);
}

TEST_CASE("what nobody knows is named, empty or not") {
  CHECK(parsed({"--scope="}).problems == Problems{"--scope: there is no such option"});
  CHECK(parsed({"--nobody=", "audit"}).problems == Problems{"--nobody: there is no such option"});
  const TomlText file("nobody = \"\"");
  CHECK(parsed({"--config", file.path().c_str()}).problems ==
        Problems{file.path() + ":1: nobody: there is no such key"});
}
