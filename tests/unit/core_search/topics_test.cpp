#include "core/search/topics.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "core/search/query.hpp"

using namespace dontgoback;
using namespace dontgoback::core::search;

TEST_CASE("A text has the topics that the page makes links of") {
  std::ostringstream text;
  text << std::ifstream(TOPIC_CASES).rdbuf();
  const auto cases = boost::json::parse(text.str()).at("topics").as_array();
  REQUIRE_FALSE(cases.empty());
  for (const auto& each : cases) {
    const auto& topics = each.as_object();
    const std::string content(topics.at("text").as_string());
    const auto check = [&](std::string_view key, bool expected) {
      const auto* names = topics.if_contains(key);
      if (!names) return;
      for (const auto& given : names->as_array()) {
        CAPTURE(content, given);
        const auto name = topic_name(std::string_view(given.as_string()));
        CHECK((!name.empty() && has_topic(content, name)) == expected);
      }
    };
    check("has", true);
    check("hasNot", false);
  }
}

TEST_CASE("What can be no topic is refused, and it is said why") {
  for (const std::string typed :
       {"", "힘", "7", "2026", "두 단어", "두_단어", "#월급날", "월급날!", "\u200b월급", "../..", "월급\n날"}) {
    CAPTURE(typed);
    CHECK_FALSE(read_topic(typed).has_value());
  }
  CHECK_FALSE(read_topic(std::string(100'000, 'a')).has_value());
  CHECK_FALSE(read_topic(std::string(51, 'a')).has_value());
  CHECK(read_topic(std::string(50, 'a')).has_value());
}

TEST_CASE("A post matches a topic only as a topic") {
  const auto topic = read_topic("나무").value();
  CHECK(topic.needle == "나무");
  CHECK(matches(topic, "#나무"));
  CHECK_FALSE(matches(topic, "나무"));
  CHECK_FALSE(matches(topic, "#사과나무"));
  CHECK_FALSE(matches(topic, "#나무늘보"));
}
