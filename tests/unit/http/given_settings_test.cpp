// The settings that several parts have: read from a body and written as they are read.
#include "dontgoback/http/given_settings.hpp"

#include <array>
#include <catch2/catch.hpp>

#include "dontgoback/json/reader.hpp"

using namespace dontgoback;
using namespace dontgoback::http;
using namespace std::chrono_literals;

namespace {

enum class Kind { cheer = 0, goal = 3 };
constexpr std::array kKinds{Kind::cheer, Kind::goal};
std::string_view to_string(Kind kind) { return kind == Kind::cheer ? "CHEER" : "GOAL"; }

enum class Size { small, large };
constexpr std::array kSizes{Word<Size>{"SMALL", Size::small}, Word<Size>{"LARGE", Size::large}};
constexpr Message kNoSize{"크기", "size"};
constexpr Message kNoTime{"시각", "time"};

struct Chosen {
  std::optional<Language> language = Language::en;
  MutedKinds<Kind> muted{8};
  std::optional<time::QuietHours> quiet{{22h, 7h}};
  std::optional<time::MinuteOfDay> at{8h};
  Size size = Size::large;

  friend bool operator==(const Chosen&, const Chosen&) = default;
};

std::optional<Failure> change(Chosen& chosen, std::string_view body) {
  GivenSettings given(body);
  given.language(chosen.language);
  given.notifications(kKinds, chosen.muted);
  given.quiet_hours(chosen.quiet);
  given.minute("at", chosen.at, kNoTime);
  given.word<Size>("size", kSizes, chosen.size, kNoSize);
  return given.failure();
}

std::string_view refusal(std::string_view body) {
  Chosen chosen;
  const auto failure = change(chosen, body);
  return failure ? failure->message.en : "none";
}

}  // namespace

TEST_CASE("What a body names changes, what it does not name stays") {
  const auto changed = [](std::string_view body) {
    Chosen chosen;
    CHECK_FALSE(change(chosen, body));
    return chosen;
  };
  CHECK(changed("{}") == Chosen{});
  CHECK(changed(R"({"Language":1,"colour":null})") == Chosen{});
  CHECK(changed(R"({"language":null})").language == std::nullopt);
  CHECK(changed(R"({"language":"ko"})").language == Language::ko);
  CHECK(changed(R"({"notifications":{"CHEER":false,"NEW":7}})").muted.bits == 9);
  CHECK(changed(R"({"notifications":{"GOAL":true}})").muted.bits == 0);
  CHECK(changed(R"({"notifications":{}})") == Chosen{});
  CHECK(changed(R"({"quietHours":null})").quiet == std::nullopt);
  CHECK(changed(R"({"quietHours":{"to":"23:59","from":"00:00"}})").quiet == time::QuietHours{0min, 23h + 59min});
  CHECK(changed(R"({"at":null})").at == std::nullopt);
  CHECK(changed(R"({"at":"19:05"})").at == 19h + 5min);
  CHECK(changed(R"({"size":"SMALL"})").size == Size::small);
}

TEST_CASE("The first value that is none of its setting's is why nothing changes") {
  CHECK(refusal("{}") == "none");
  for (const auto* body : {"", "[]", "null", "{", R"({"at":null,"at":null})"}) {
    CAPTURE(body);
    CHECK(refusal(body) == json::kMalformed.message.en);
  }
  for (const auto* value : {"1", R"("")", R"("EN")", R"(["en"])"}) {
    CAPTURE(value);
    CHECK(refusal(R"({"size":"none","language":)" + std::string(value) + "}") == "`language` is ko, en or null.");
  }
  for (const auto* value : {"null", "true", R"(["GOAL"])", R"({"GOAL":null})", R"({"CHEER":true,"GOAL":"true"})"}) {
    CAPTURE(value);
    CHECK(refusal(R"({"notifications":)" + std::string(value) + "}") ==
          "`notifications` is true or false for each kind of notification.");
  }
  for (const auto* value : {"1", R"("22:00")", R"({"from":"22:00"})", R"({"from":"22:00","to":"22:00"})",
                            R"({"from":"24:00","to":"07:00"})", R"({"from":22,"to":7})"}) {
    CAPTURE(value);
    CHECK(refusal(R"({"quietHours":)" + std::string(value) + "}") ==
          "`quietHours` is from and to, HH:MM that differ, or null.");
  }
  for (const auto* value : {"830", R"("8:30")", R"("")"})
    CHECK(refusal(R"({"at":)" + std::string(value) + "}") == "time");
  for (const auto* value : {"null", "0", R"("small")"})
    CHECK(refusal(R"({"size":)" + std::string(value) + "}") == "size");
}

TEST_CASE("They are written as they are read") {
  const auto written = [](const Chosen& chosen) {
    std::string out;
    json::Writer writer(out);
    writer.begin_object();
    write_language(writer, chosen.language);
    write_notifications(writer, kKinds, chosen.muted);
    write_quiet_hours(writer, chosen.quiet);
    write_minute(writer, "at", chosen.at);
    writer.end_object();
    return out;
  };
  CHECK(written({}) == R"({"language":"en","notifications":{"CHEER":true,"GOAL":false},)"
                       R"("quietHours":{"from":"22:00","to":"07:00"},"at":"08:00"})");
  Chosen none{std::nullopt, {}, std::nullopt, std::nullopt, Size::large};
  CHECK(written(none) == R"({"language":null,"notifications":{"CHEER":true,"GOAL":true},"quietHours":null,"at":null})");
  CHECK_FALSE(change(none, written({})));
  CHECK(none == Chosen{});
}
