#include <catch2/catch.hpp>

#include "config/toml_file.hpp"

namespace dontgoback::config {
namespace {

TEST_CASE("what is written as a line is read as it was") {
  const FileValue value = GENERATE(
      FileValue(true), FileValue(std::int64_t(-7)), FileValue(0.25), FileValue(std::string("https://a.example")),
      FileValue(std::string("it's \"said\" \\ so")), FileValue(std::string("돈고백\n\tzwei")),
      FileValue(std::vector<std::string>{"127.0.0.1/32", "a \"b\""}), FileValue(std::vector<std::string>{}));
  const auto line = toml_line("a-key", value);
  CAPTURE(line);
  CHECK(line.find('\n') == line.npos);
  const auto file = parse_toml(line + "\n", "file");
  CHECK(file.problem.empty());
  REQUIRE(file.entries.size() == 1);
  CHECK(file.entries[0].key == "a-key");
  CHECK(file.entries[0].value == value);
}

TEST_CASE("an entry knows the lines that it takes") {
  const auto file = parse_toml("a = 1\nb = [\n  \"x\",\n  \"y\"\n]\nc = \"z\"\n", "file");
  REQUIRE(file.entries.size() == 3);
  CHECK(file.entries[1].line == 2);
  CHECK(file.entries[1].last_line == 5);
  CHECK(file.entries[2].line == 6);
  CHECK(file.entries[2].last_line == 6);
}

}  // namespace
}  // namespace dontgoback::config
