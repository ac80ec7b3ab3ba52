#include "core/sessions/device_mails.hpp"

#include <catch2/catch.hpp>

using namespace dontgoback;
using namespace dontgoback::core::sessions;
using namespace std::chrono_literals;

namespace {

time::Timestamp moment(std::chrono::year_month_day day, std::chrono::minutes time_of_day) {
  return std::chrono::sys_days(day) + time_of_day;
}

}  // namespace

TEST_CASE("Times are those of the service's clocks, also on the days on which they jump") {
  using std::chrono::April, std::chrono::March, std::chrono::November;
  const time::Zone seoul("Asia/Seoul");
  CHECK(local_time(seoul, moment({2026y, November, 27d}, 15h + 4min)) == "2026-11-28 00:04 (Asia/Seoul)");
  const time::Zone berlin("Europe/Berlin");
  CHECK(local_time(berlin, moment({2026y, March, 29d}, 30min)) == "2026-03-29 01:30 (Europe/Berlin)");
  CHECK(local_time(berlin, moment({2026y, March, 29d}, 10h)) == "2026-03-29 12:00 (Europe/Berlin)");
  CHECK(local_time(berlin, moment({2026y, std::chrono::October, 25d}, 10h)) == "2026-10-25 11:00 (Europe/Berlin)");
}

TEST_CASE("The mail about a new device says which, where and when, in both languages") {
  const DeviceNews news{"Chrome · Android", "192.0.2.0/24", "2026-11-28 00:04 (Asia/Seoul)",
                        "https://dontgoback.example/settings"};
  for (const auto language : {http::Language::ko, http::Language::en}) {
    const auto mail = device_mail(language, "kim@example.com", news);
    CHECK_FALSE(mail::problem_of(mail));
    // The network is named by the subject, in the operator's words.
    CHECK_THAT(mail.html, !Catch::Contains("DontGoBack"));
    for (const auto& body : {mail.text, mail.html}) {
      CHECK_THAT(body, Catch::Contains(news.device) && Catch::Contains(news.address) && Catch::Contains(news.time) &&
                           Catch::Contains(news.settings));
    }
  }
  const auto unknown = device_mail(http::Language::en, "kim@example.com", {"", "", news.time, news.settings});
  CHECK_THAT(unknown.text, Catch::Contains("Device: unknown\nAddress: unknown\n"));
  CHECK_THAT(device_mail(http::Language::ko, "kim@example.com", news).subject, Catch::Contains("새 기기"));
}
