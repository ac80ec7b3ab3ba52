#include "dontgoback/http/event_news.hpp"

#include <catch2/catch.hpp>

#include "dontgoback/http/event_text.hpp"

using namespace dontgoback;
using namespace dontgoback::http;
using namespace std::chrono_literals;

TEST_CASE("News are given up to so many, and so many bytes") {
  const NewsFor asked{1, 0, 0b101};
  EventNews some(9);
  CHECK(some.until() == 9);
  some.add(asked, 4, [](EventView view) { return std::string(view + 1, 'x'); });
  REQUIRE(some.events().size() == 1);
  CHECK(some.events()[0].text == std::array<std::string, kMostViews>{"x", "", "xxx"});
  CHECK_FALSE(some.more());
  CHECK(some.until() == 9);
  some.add(asked, 12, [](EventView) { return "later"; });
  CHECK(some.until() == 12);

  EventNews many;
  for (int i = 1; i <= EventNews::kEventsAtOnce + 1; ++i) many.add(asked, i, [](EventView) { return "x"; });
  CHECK(many.events().size() == EventNews::kEventsAtOnce);
  CHECK(many.more());
  CHECK(many.until() == EventNews::kEventsAtOnce);

  EventNews large(100);
  for (int i = 1; i <= 20; ++i) large.add(asked, i, [](EventView) { return std::string(4096, 'x'); });
  CHECK(large.events().size() == EventNews::kBytesAtOnce / 4096);
  CHECK(large.more());
  CHECK(large.until() == EventNews::kBytesAtOnce / 4096);
}

TEST_CASE("Events are text of one form") {
  CHECK(event_text("board", [](json::Writer& writer) { writer.value("a\nb"); }) ==
        "event: board\ndata: \"a\\u000ab\"\n\n");
  CHECK(event_text(7, "notification", [](json::Writer& writer) { writer.null(); }) ==
        "id: 7\nevent: notification\ndata: null\n\n");
  CHECK(retry_line(5s) == "retry: 5000\n\n");
}
