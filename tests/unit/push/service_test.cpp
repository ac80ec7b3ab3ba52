// What is made of a push service's answer, and what a service worker is given.
#include "push/service.hpp"

#include <catch2/catch.hpp>

using namespace dontgoback;
using namespace dontgoback::push;
using namespace std::chrono_literals;

TEST_CASE("A push service's answer says whether the push, the moment or the subscription is the trouble") {
  using Kind = Answer::Kind;
  for (const auto& [status, kind] : std::initializer_list<std::pair<int, Kind>>{{200, Kind::done},
                                                                                {201, Kind::done},
                                                                                {202, Kind::done},
                                                                                {204, Kind::done},
                                                                                {301, Kind::refused},
                                                                                {307, Kind::refused},
                                                                                {400, Kind::refused},
                                                                                {401, Kind::refused},
                                                                                {403, Kind::refused},
                                                                                {404, Kind::gone},
                                                                                {408, Kind::later},
                                                                                {410, Kind::gone},
                                                                                {413, Kind::refused},
                                                                                {418, Kind::refused},
                                                                                {429, Kind::later},
                                                                                {500, Kind::later},
                                                                                {503, Kind::later}}) {
    INFO(status);
    CHECK(judge(status, "").kind == kind);
    CHECK(judge(status, "").what.find(std::to_string(status)) != std::string::npos);
  }
}

TEST_CASE("A push service may name its pause, within an hour") {
  CHECK(judge(503, "120").pause == 120s);
  CHECK(judge(429, "999999").pause == 3600s);
  for (const auto* other : {"", "-1", "x", "Fri, 31 Dec 1999 23:59:59 GMT", "99999999999"}) {
    CHECK(judge(429, other).pause == 0s);
  }
}

TEST_CASE("A service worker is given text and a place of our own page") {
  const push::Message message{
      .title = "돈고백", .body = "누군가 \"답\"", .tag = "REPLY-1", .path = "/notifications", .until = {}};
  CHECK(content_of(message) == R"({"title":"돈고백","body":"누군가 \"답\"","tag":"REPLY-1","url":"/notifications"})");
}

TEST_CASE("Of an endpoint no more than the origin is told") {
  CHECK(origin_of("https://push.example:443/secret?more#x") == "https://push.example");
  CHECK(origin_of("no URL").empty());
}
