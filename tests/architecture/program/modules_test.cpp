#include <catch2/catch.hpp>

#include "integration/app/program.hpp"

// A module brings options and their checks, ports, routes, jobs, tables and commands, and nothing else has to know it.

using namespace dontgoback::test;

namespace {

bool holds(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

Arguments lamp(Arguments more = {}) {
  more.insert(more.begin(), {"--role=extension", "--modules=lamp"});
  return more;
}

Arguments porch(const std::string& url, Arguments more = {}) {
  more.insert(more.begin(), {"--role=core", "--modules=porch"});
  if (!url.empty()) more.push_back("--lamp-url=" + url);
  return more;
}

std::string url_of(const Node& node) { return "http://127.0.0.1:" + std::to_string(node.port("http")); }

Ended command(Arguments words, const Arguments& options) {
  words.insert(words.end(), options.begin(), options.end());
  return run(words);
}

}  // namespace

TEST_CASE("a port is served in process, and over HTTP where its owner is elsewhere") {
  Node together({"--modules=lamp", "--modules=porch", "--lamp-color=amber"});
  CHECK(get(together.port("http"), "/porch").body == "amber");

  Node owner(lamp({"--lamp-color=green"}));
  Node user(porch(url_of(owner)));
  CHECK(get(owner.port("http"), "/porch").status == 404);
  CHECK(get(user.port("http"), "/msa/lamp/api/color").status == 404);
  CHECK(get(user.port("http"), "/porch").body == "green");
  owner.program().send(SIGTERM);
  CHECK(owner.program().wait() == 0);
  CHECK(get(user.port("http"), "/porch").body == "The lamp is not to be seen.");
}

TEST_CASE("where nobody says where the owner is there is no port, and the server says so") {
  Node user(porch(""));
  CHECK(get(user.port("http"), "/porch").body == "nobody offers light");
  CHECK(holds(user.program().errors(), "no lamp is known (--lamp-url)"));
}

TEST_CASE("a command has the same ports, and nothing is started for it") {
  Node owner(lamp({"--lamp-color=blue"}));
  CHECK(command({"porch", "look"}, porch(url_of(owner))).out == "blue\n");
  CHECK(command({"porch", "look"}, porch("")).out == "nobody offers light\n");
  CHECK(command({"porch", "look"}, lamp()).code == 2);  // of a module that does not run in the role
}

TEST_CASE("a module's options are checked with the host's, all at once, where it runs and where it does not") {
  const auto here =
      command({"config", "check"}, lamp({"--lamp-color=black", "--timezone=Moon/Sea", "--data-dir=/tmp"}));
  CHECK(here.code == 2);
  CHECK(holds(here.err, "--lamp-color: must be a color that can be seen"));
  CHECK(holds(here.err, "--timezone"));

  const auto there = command({"config", "check"}, porch("http://lamp.example", {"--lamp-color=black", "--redis=x"}));
  CHECK(there.code == 2);
  CHECK(holds(there.err, "--lamp-url: must be https"));
  CHECK(holds(there.err, "--redis"));
  CHECK_FALSE(holds(there.err, "--lamp-color"));
  CHECK(holds(run({"--help"}).out, "--lamp-url"));
}

TEST_CASE("its tables are made, its jobs run and its commands read them") {
  std::string data;
  Node owner(lamp());
  data = "--data-dir=" + owner.data_dir();
  CHECK(holds(command({"jobs", "list"}, lamp({data})).out, "lamp-burn"));
  CHECK(command({"jobs", "run", "lamp-burn"}, lamp({data})).code == 0);
  CHECK(command({"lamp", "burns"}, lamp({data, "--json"})).out == "{\"burns\":1}\n");
  CHECK(holds(command({"routes", "list"}, lamp({data})).out, "/msa/lamp/api/color"));
}
