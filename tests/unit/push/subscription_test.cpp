#include "dontgoback/push/subscription.hpp"

#include <catch2/catch.hpp>

using namespace dontgoback;
using push::read_subscription;

namespace {

constexpr const char* kPoint =
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
constexpr const char* kAuth = "BTBZMqHH6r4Tts7J_aSIgg";

std::string given(std::string_view endpoint, std::string_view p256dh = kPoint, std::string_view auth = kAuth) {
  return R"({"endpoint":")" + std::string(endpoint) + R"(","expirationTime":null,"keys":{"p256dh":")" +
         std::string(p256dh) + R"(","auth":")" + std::string(auth) + R"("}})";
}

}  // namespace

TEST_CASE("A subscription is read as a browser gives it") {
  const auto read = read_subscription(given("https://push.example/a?b"), "");
  REQUIRE(read);
  CHECK(read->endpoint == "https://push.example/a?b");
  CHECK(read->p256dh == kPoint);
  const auto padded = read_subscription(
      given("https://push.example:443/a#f", std::string(kPoint) + "=", std::string(kAuth) + "=="), "");
  REQUIRE(padded);
  CHECK(padded->endpoint == "https://push.example/a");
  CHECK(padded->auth == kAuth);
}

TEST_CASE("An endpoint that nothing is to be sent to is refused") {
  for (const auto* bad :
       {"", "x", "/a", "http://push.example/", "https://push.example:8443/", "https://localhost/", "https://127.0.0.1/",
        "https://[::1]/", "https://u:p@push.example/", "ftp://push.example/", "http://127.0.0.1:7001/"}) {
    INFO(bad);
    CHECK_FALSE(read_subscription(given(bad), ""));
  }
  CHECK_FALSE(read_subscription(given("https://push.example/" + std::string(1024, 'a')), ""));
  // The stand-in of tests, and only that.
  CHECK(read_subscription(given("http://127.0.0.1:7001/a"), "http://127.0.0.1:7001"));
  CHECK_FALSE(read_subscription(given("http://127.0.0.1:7002/a"), "http://127.0.0.1:7001"));
}

TEST_CASE("Keys that nothing can be encrypted for are refused") {
  const std::string endpoint = "https://push.example/a";
  auto off_curve = std::string(kPoint);
  off_curve[20] = off_curve[20] == 'a' ? 'b' : 'a';
  for (const auto& bad : {std::string(), std::string("AAAA"), off_curve, std::string(kPoint) + "A"}) {
    CHECK_FALSE(read_subscription(given(endpoint, bad), ""));
  }
  for (const auto* bad : {"", "AAAA", "BTBZMqHH6r4Tts7J/aSIgg"})
    CHECK_FALSE(read_subscription(given(endpoint, kPoint, bad), ""));
  for (const auto* bad : {"", "[]", "{}", R"({"endpoint":"https://a.example/"})", R"({"endpoint":1,"keys":{}})"}) {
    CHECK_FALSE(read_subscription(bad, ""));
  }
}
