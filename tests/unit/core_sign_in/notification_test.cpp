#include "core/sign_in/providers/notification.hpp"

#include <catch2/catch.hpp>

using namespace dontgoback;
using namespace dontgoback::core::sign_in;
using namespace std::chrono_literals;

namespace {

using Kind = Notification::Kind;

const time::Timestamp kNow{1'800'000'000s};

ProviderSettings apple() {
  ProviderSettings settings;
  settings.issuer = "https://provider.test";
  settings.also_issuers = {"provider.test"};
  settings.client_id = "web";
  settings.apps = {"ios"};
  return settings;
}

std::string claims(const std::string& events, const std::string& iat = "1800000000",
                   const std::string& aud = R"("web")", const std::string& iss = "https://provider.test") {
  return R"({"iss":")" + iss + R"(","aud":)" + aud + R"(,"iat":)" + iat + R"(,"events":)" + events + '}';
}

std::string event(const std::string& type, const std::string& at = "1799999990000", const std::string& sub = "1.a.2") {
  return R"({"type":")" + type + R"(","sub":")" + sub + R"(","event_time":)" + at + '}';
}

NotificationReading read(const std::string& text) { return read_notification(text, apple(), kNow); }
Kind kind(const std::string& type) { return read(claims(event(type))).notification.value().kind; }
bool good(const std::string& text) { return read(text).notification.has_value(); }

}  // namespace

TEST_CASE("An event comes as text, as Apple writes it, or as it is") {
  const auto text = claims(R"("{\"type\":\"email-disabled\",\"sub\":\"1.a.2\",\"event_time\":1799999990123,)"
                           R"(\"email\":\"Abc@PrivateRelay.test\",\"is_private_email\":\"true\"}")");
  const auto told = read(text).notification.value();
  CHECK(told.kind == Kind::mail_off);
  CHECK(told.person == Person{"https://provider.test", "1.a.2"});
  CHECK(told.email == "abc@privaterelay.test");
  CHECK(told.at == time::Timestamp(1'799'999'990'123ms));
  const auto same = read(claims(event("consent-revoked"), "1800000000", R"(["web","ios"])", "provider.test"));
  REQUIRE(same.notification);
  CHECK(same.notification->person.issuer == "https://provider.test");
  CHECK(same.notification->email.empty());
}

TEST_CASE("What Apple tells of is known, and what else there may be one day") {
  CHECK(kind("consent-revoked") == Kind::consent_over);
  CHECK(kind("account-delete") == Kind::consent_over);
  CHECK(kind("account-deleted") == Kind::consent_over);
  CHECK(kind("email-disabled") == Kind::mail_off);
  CHECK(kind("email-enabled") == Kind::mail_on);
  CHECK(kind("weather") == Kind::other);
  CHECK(kind("") == Kind::other);
}

TEST_CASE("A moment is in milliseconds, or in seconds, and none to come") {
  const auto at = [](const std::string& number) { return read(claims(event("x", number))).notification; };
  CHECK(at("1799999990").value().at == time::Timestamp(1'799'999'990s));
  CHECK(at("1800000060000"));
  for (const auto* bad : {"1800000060001", "-1", "99999999999999999", "1e12", "\"1799999990000\"", "null"}) {
    INFO(bad);
    CHECK_FALSE(at(bad));
  }
}

TEST_CASE("What is not the provider's, not for us or not of these days is refused") {
  const auto e = event("consent-revoked", "1700000000000");
  CHECK(good(claims(e)));
  CHECK_FALSE(good(claims(e, "1800000000", R"("another")")));
  CHECK_FALSE(good(claims(e, "1800000000", R"(["web","another"])")));
  CHECK_FALSE(good(claims(e, "1800000000", "[]")));
  CHECK_FALSE(good(claims(e, "1800000000", R"("web")", "https://evil.test")));
  CHECK(good(claims(e, "1800000060")));
  CHECK(read(claims(e, "1800000061")).why == "iat is 61 s ahead of this server's clock (60 s are borne)");
  CHECK(good(claims(e, "1799913660")));
  CHECK_FALSE(good(claims(e, "1799913540")));
  CHECK_FALSE(good(claims(e, R"(1800000000,"exp":1799999940)")));
  CHECK(good(claims(e, R"(1799999000,"exp":1799999941)")));
  for (const auto& bad : {claims("\"\""), claims("{}"), claims("[]"), claims("7"), claims(event("x", "1", "")),
                          claims(event("x", "1", "a b")), claims(event("x", "1", std::string(256, 'a'))),
                          std::string(R"({"iss":"https://provider.test","aud":"web"})"), std::string("<html>")}) {
    INFO(bad);
    CHECK_FALSE(good(bad));
  }
}
