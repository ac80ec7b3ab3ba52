#include "core/accounts/settings.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace dontgoback;
using namespace dontgoback::core::accounts;
using namespace std::chrono_literals;

namespace {

MutedKinds muting(std::initializer_list<NotificationKind> kinds) {
  MutedKinds muted;
  for (const auto kind : kinds) muted.set(kind, true);
  return muted;
}

const Settings kChosen{http::Language::en,         Colours::korean,
                       Visibility::nobody,         muting({NotificationKind::feed_like, NotificationKind::reply}),
                       QuietHours{22h, 7h + 5min}, 8h + 30min,
                       Listing::unlisted};

}  // namespace

TEST_CASE("What a change of settings does not name stays, and what is no setting is ignored") {
  for (const auto& before : {Settings{}, kChosen}) {
    CHECK(with_changes(before, "{}").value() == before);
    CHECK(with_changes(before, R"({"size":1,"Language":"ko"})").value() == before);
    auto after = before;
    after.language = http::Language::ko;
    CHECK(with_changes(before, R"({"language":"ko"})").value() == after);
    after.language.reset();
    CHECK(with_changes(before, R"({"language":null})").value() == after);
    after = before;
    after.colours = Colours::korean;
    CHECK(with_changes(before, R"({"colours":"KOREAN"})").value() == after);
    after = before;
    after.profile = Visibility::nobody;
    CHECK(with_changes(before, R"({"profileVisibility":"PRIVATE"})").value() == after);
    after = before;
    after.muted.set(NotificationKind::comment_like, true);
    CHECK(with_changes(before, R"({"notifications":{"COMMENT_LIKE":false,"NEW":1}})").value() == after);
    CHECK(with_changes(before, R"({"notifications":{}})").value() == before);
  }
  CHECK(
      with_changes(
          kChosen,
          R"({"language":null,"colours":"WESTERN","profileVisibility":"PUBLIC",)"
          R"("notifications":{"FEED_LIKE":true,"REPLY":true},"quietHours":null,"dayAt":null,"listedToday":true,"readableByLink":true})")
          .value() == Settings{});
}

TEST_CASE("A value that is none of a setting's is refused, whatever stands beside it") {
  for (const std::string body : {"",
                                 "null",
                                 "[]",
                                 "1",
                                 R"("ko")",
                                 "{",
                                 R"({"language":"ko","language":"en"})",
                                 R"({"language":"KO"})",
                                 R"({"language":""})",
                                 R"({"language":1})",
                                 R"({"language":["ko"]})",
                                 R"({"language":"en-US"})",
                                 R"({"colours":null})",
                                 R"({"colours":"korean"})",
                                 R"({"colours":0})",
                                 R"({"profileVisibility":null})",
                                 R"({"profileVisibility":true})",
                                 R"({"profileVisibility":"FRIENDS"})",
                                 R"({"notifications":null})",
                                 R"({"notifications":false})",
                                 R"({"notifications":["REPLY"]})",
                                 R"({"notifications":{"REPLY":null}})",
                                 R"({"notifications":{"COMMENT":false,"REPLY":"false"}})",
                                 R"({"quietHours":"22:00"})",
                                 R"({"quietHours":{"from":"22:00"}})",
                                 R"({"quietHours":{"from":"22:00","to":"22:00"}})",
                                 R"({"quietHours":{"from":"24:00","to":"07:00"}})",
                                 R"({"quietHours":{"from":"22:60","to":"07:00"}})",
                                 R"({"quietHours":{"from":"+2:00","to":"07:00"}})",
                                 R"({"quietHours":{"from":22,"to":7}})",
                                 R"({"dayAt":"8:30"})",
                                 R"({"dayAt":""})",
                                 R"({"dayAt":830})",
                                 R"({"listedToday":"false"})",
                                 R"({"readableByLink":1})",
                                 R"({"colours":"WESTERN","profileVisibility":"private"})"}) {
    CAPTURE(body);
    const auto result = with_changes(kChosen, body);
    REQUIRE_FALSE(result);
    CHECK(result.failure().kind == FailureKind::invalid);
  }
}

TEST_CASE("Settings are written as they are read") {
  const auto written = [](const Settings& settings) {
    std::string out;
    json::Writer writer(out);
    write_settings(writer, settings);
    return out;
  };
  CHECK(written({}) == R"({"language":null,"colours":"WESTERN","profileVisibility":"PUBLIC",)"
                       R"("notifications":{"FEED_LIKE":true,"COMMENT":true,"REPLY":true,"COMMENT_LIKE":true},)"
                       R"("quietHours":null,"dayAt":null,"listedToday":true,"readableByLink":true})");
  CHECK(written(kChosen) ==
        R"({"language":"en","colours":"KOREAN","profileVisibility":"PRIVATE",)"
        R"("notifications":{"FEED_LIKE":false,"COMMENT":true,"REPLY":false,"COMMENT_LIKE":true},)"
        R"("quietHours":{"from":"22:00","to":"07:05"},"dayAt":"08:30","listedToday":false,"readableByLink":true})");
  CHECK(with_changes({}, written(kChosen)).value() == kChosen);
}

TEST_CASE("Quiet hours hold until their end, past midnight too") {
  constexpr QuietHours kNight{22h, 7h};
  for (const auto quiet : {22h + 0min, 23h + 59min, 0h + 0min, 6h + 59min}) CHECK(kNight.hold(quiet));
  for (const auto loud : {7h + 0min, 12h + 0min, 21h + 59min}) CHECK_FALSE(kNight.hold(loud));
  constexpr QuietHours kNoon{12h, 13h};
  CHECK(kNoon.hold(12h));
  CHECK_FALSE(kNoon.hold(13h));
  CHECK_FALSE(kNoon.hold(0h));
}
