#include <catch2/catch.hpp>

#include "core/export/page.hpp"

using namespace dontgoback;
using namespace dontgoback::core;
using namespace std::chrono_literals;

namespace {

std::string escaped(std::string_view text) {
  std::string html;
  exports::append_escaped(html, text);
  return html;
}

time::Timestamp at(time::Day day, std::chrono::milliseconds of_utc) { return time::Timestamp(day.date) + of_utc; }

}  // namespace

TEST_CASE("Text stays text in HTML") {
  CHECK(escaped("<script>alert('1')</script> & \"x\"") ==
        "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot;");
  CHECK(escaped("&lt;") == "&amp;lt;");
  CHECK(escaped("가 😀\n\t끝") == "가 😀\n\t끝");
  CHECK(escaped(std::string_view("a\0b\x01\x1b\x7f\r", 7)) == "ab");
}

TEST_CASE("Moments are shown by the zone's wall clock") {
  const auto day = *time::parse_day("2026-01-31");
  CHECK(exports::local_time(time::Zone("Asia/Seoul"), at(day, 9h + 15min + 59s)) == "2026-01-31 18:15");
  CHECK(exports::local_time(time::Zone("Asia/Seoul"), at(day, 15h)) == "2026-02-01 00:00");
  const time::Zone berlin("Europe/Berlin");
  const auto spring = *time::parse_day("2026-03-29");  // 2:00 becomes 3:00 at 1:00 UTC
  CHECK(exports::local_time(berlin, at(spring, 59min)) == "2026-03-29 01:59");
  CHECK(exports::local_time(berlin, at(spring, 1h)) == "2026-03-29 03:00");
  CHECK(exports::local_time(berlin, at(spring, 1h + 30min)) == "2026-03-29 03:30");
  CHECK(exports::local_time(berlin, at(spring, 10h)) == "2026-03-29 12:00");
  const auto autumn = *time::parse_day("2026-10-25");  // 3:00 becomes 2:00 at 1:00 UTC
  CHECK(exports::local_time(berlin, at(autumn, 30min)) == "2026-10-25 02:30");
  CHECK(exports::local_time(berlin, at(autumn, 1h + 30min)) == "2026-10-25 02:30");
  CHECK(exports::local_time(berlin, at(autumn, 10h)) == "2026-10-25 11:00");
}

TEST_CASE("Amounts are grouped by thousands") {
  CHECK(exports::grouped(Won{0}) == "0");
  CHECK(exports::grouped(Won{999}) == "999");
  CHECK(exports::grouped(Won{1'000}) == "1,000");
  CHECK(exports::grouped(Won{10'000'000}) == "10,000,000");
  CHECK(exports::grouped(Won{Won::kMax}) == "9,007,199,254,740,991");
}
