#include <catch2/catch.hpp>
#include <limits>
#include <optional>

#include "given.hpp"

using namespace dontgoback;
using namespace dontgoback::config;

namespace {

enum class Taste { plain, salty, sweet };

// A node and a command whose options say what they take.
struct Fixture {
  std::int64_t ovens = 2;
  double degrees = 180;
  std::string fuel = "gas";
  Taste taste = Taste::plain;
  std::optional<bool> gently;
  std::optional<time::Day> since;
  std::int64_t layers = 1;

  CommandLine line{"A test", "1.2.3"};
  Problems problems;
  Problems warnings;

  Fixture() {
    auto& options = line.options();
    options.begin_group("Test");
    options.integer("--ovens", ovens, 1, 8, "Ovens");
    options.number("--degrees", degrees, -0.5, 250, "Degrees");
    options.choice("--fuel", fuel, {"gas", "wood"}, "Fuel");
    line.add({"cakes", "bake", "Makes one", [this](Options& own) {
                own.choice<Taste>("--taste", taste,
                                  {{"plain", Taste::plain}, {"salty", Taste::salty}, {"sweet", Taste::sweet}}, "Taste");
                own.choice<std::optional<bool>>("--gently", gently, {{"true", true}, {"false", false}}, "How");
                own.day("--since", since, "From then on");
                own.integer("--layers", layers, 1, std::numeric_limits<std::int64_t>::max(), "Layers");
              }});
  }

  Invocation given(std::vector<const char*> arguments, const Environment& environment = {}) {
    return parse(line, std::move(arguments), environment, problems, warnings);
  }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "the ends of a range belong to it") {
  for (const auto* text : {"-0.5", "250", "0"}) {
    CAPTURE(text);
    given({"--degrees", text});
    CHECK(problems == Problems{});
  }
  for (const auto* text : {"-0.5000001", "250.0000001", "nan", "inf", "-inf", "1e9"}) {
    problems.clear();
    degrees = 180;
    CAPTURE(text);
    given({"--degrees", text});
    CHECK(problems == Problems{"--degrees: must be a number from -0.5 to 250"});
    CHECK(degrees == 180);
  }
}

TEST_CASE_METHOD(Fixture, "every place is judged alike, and named") {
  const TomlText file("degrees = 251\nfuel = \"coal\"\novens = 0\n");
  given({"--degrees=-1", "--config", file.path().c_str()}, {{"DONTGOBACK_FUEL", "oil"}});
  CHECK_THAT(problems, Catch::UnorderedEquals(Problems{
                           file.path() + ":1: degrees: must be a number from -0.5 to 250",
                           file.path() + ":2: fuel: must be gas or wood",
                           file.path() + ":3: ovens: must be a whole number from 1 to 8",
                           "DONTGOBACK_FUEL: must be gas or wood",
                           "--degrees: must be a number from -0.5 to 250",
                       }));
}

TEST_CASE_METHOD(Fixture, "a word may stand for any value, or for none that is not given") {
  given({"cakes", "bake"});
  CHECK(taste == Taste::plain);
  CHECK_FALSE(gently);
  CHECK_FALSE(since);
  given({"cakes", "bake", "--taste=", "--gently=", "--since="});
  CHECK(problems == Problems{});
  CHECK_FALSE(since);
  given({"cakes", "bake", "--taste=sweet", "--gently=true", "--since=2026-02-28"});
  CHECK(problems == Problems{});
  CHECK(taste == Taste::sweet);
  CHECK(gently == true);
  CHECK(since == time::parse_day("2026-02-28"));
}

TEST_CASE_METHOD(Fixture, "what a command cannot take is named all at once, and nothing is changed") {
  given({"cakes", "bake", "--taste=sour", "--gently=1", "--since=2026-02-29", "--layers=0"});
  CHECK_THAT(problems, Catch::UnorderedEquals(Problems{
                           "--taste: must be one of plain, salty, sweet",
                           "--gently: must be true or false",
                           "--since: must be a day, YYYY-MM-DD",
                           "--layers: must be a whole number from 1 on",
                       }));
  CHECK(taste == Taste::plain);
  CHECK_FALSE(gently);
  CHECK_FALSE(since);
}

TEST_CASE_METHOD(Fixture, "the help says what may be given") {
  const auto words = [](std::string text) {  // the help breaks its lines
    std::string one_line;
    for (const char c : text) {
      if (c != '\n' && (c != ' ' || one_line.empty() || one_line.back() != ' ')) one_line.push_back(c);
      if (c == '\n') one_line.push_back(' ');
    }
    return one_line;
  };
  const auto node = words(given({"--help"}).answer);
  for (const auto* part : {"Ovens (from 1 to 8)", "Degrees (from -0.5 to 250)", "--fuel gas|wood"}) {
    CAPTURE(node, part);
    CHECK(node.find(part) != std::string::npos);
  }
  const auto command = words(given({"cakes", "bake", "--help"}).answer);
  for (const auto* part :
       {"--taste plain|salty|sweet", "--since YYYY-MM-DD", "Layers (from 1 on)", "--gently true|false"}) {
    CAPTURE(command, part);
    CHECK(command.find(part) != std::string::npos);
  }
}
