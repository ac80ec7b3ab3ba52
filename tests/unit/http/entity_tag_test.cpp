#include "dontgoback/http/entity_tag.hpp"

#include <catch2/catch.hpp>

using namespace dontgoback::http;

TEST_CASE("an entity tag is strong, quoted, and follows the bytes") {
  const auto tag = entity_tag("abc");
  CHECK(tag == entity_tag("abc"));
  CHECK(tag != entity_tag("abd"));
  CHECK(tag.front() == '"');
  CHECK(tag.back() == '"');
  CHECK(tag.find('"', 1) == tag.size() - 1);
}

TEST_CASE("If-None-Match is compared weakly, in a list, or with a star") {
  const auto [field, expected] = GENERATE(table<std::string, bool>({
      {"\"a\"", true},
      {"W/\"a\"", true},
      {" \"x\" , W/\"y\",\t\"a\" ", true},
      {"*", true},
      {" * ", true},
      {"", false},
      {"a", false},
      {"\"b\"", false},
      {"\"a\" \"b\"", false},
      {",,,", false},
  }));
  CAPTURE(field);
  CHECK(names_entity_tag(field, "\"a\"") == expected);
}
