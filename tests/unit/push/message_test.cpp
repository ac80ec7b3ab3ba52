#include "dontgoback/push/message.hpp"

#include <catch2/catch.hpp>

using namespace dontgoback;

TEST_CASE("An outbox row that holds no push is none") {
  const auto row = [](std::string_view subscription, std::string_view path) {
    return R"({"subscription":)" + std::string(subscription) +
           R"(,"title":"t","body":"b","tag":"g","low":true,"until":1000,"path":")" + std::string(path) + R"("})";
  };
  const auto message = push::read(row("7", "/notifications"));
  REQUIRE(message);
  CHECK(message->subscription == 7);
  CHECK(message->urgency == push::Urgency::low);
  CHECK(message->until == time::Timestamp(std::chrono::seconds(1)));
  for (const auto& bad : {std::string(), std::string("{}"), row("\"7\"", "/"), row("7", ""),
                          row("7", "https://a.example"), row("7", "/" + std::string(500, 'a'))}) {
    INFO(bad);
    CHECK_FALSE(push::read(bad));
  }
}
