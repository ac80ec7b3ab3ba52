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
  CHECK(message->device.id == 7);
  CHECK(message->urgency == push::Urgency::low);
  CHECK(message->until == time::Timestamp(std::chrono::seconds(1)));
  for (const auto& bad : {std::string(), std::string("{}"), row("\"7\"", "/"), row("7", ""),
                          row("7", "https://a.example"), row("7", "/" + std::string(500, 'a'))}) {
    INFO(bad);
    CHECK_FALSE(push::read(bad));
  }
}

TEST_CASE("Each module's devices of each channel have a topic of their own, and what waited before has kept its name") {
  CHECK(push::topic_of(push::kTopic, push::Channel::web) == push::kTopic);
  CHECK(push::topic_of(push::kTopic, push::Channel::fcm) == "pushes-fcm");
  CHECK(push::topic_of("walk-pushes", push::Channel::fcm) == "walk-pushes-fcm");
}

TEST_CASE("An app's data is read as it was written, and no name that FCM keeps for itself") {
  const auto row = [](std::string_view name) {
    return R"({"subscription":7,"title":"t","body":"b","tag":"g","low":false,"until":1000,"path":"/","data":[{"name":")" +
           std::string(name) + R"(","value":"v"}]})";
  };
  const auto message = push::read(row("senderNickname"));
  REQUIRE(message);
  CHECK(message->data == std::vector<std::pair<std::string, std::string>>{{"senderNickname", "v"}});
  for (const auto* bad : {"", "from", "message_type", "google.x", "gcm", "a b", "a\\\"b"}) {
    INFO(bad);
    CHECK_FALSE(push::read(row(bad)));
  }
}
