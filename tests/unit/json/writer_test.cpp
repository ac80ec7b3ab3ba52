#include "dontgoback/json/writer.hpp"

#include <catch2/catch.hpp>

#include "dontgoback/id.hpp"
#include "dontgoback/json/reader.hpp"
#include "dontgoback/money.hpp"
#include "dontgoback/time/day.hpp"

using namespace dontgoback;
using json::Writer;

namespace {

template <class T>
std::string written(const T& value) {
  std::string out;
  Writer(out).value(value);
  return out;
}

std::string written_hundredths(std::int64_t number) {
  std::string out;
  Writer(out).decimal(number, 2);
  return out;
}

}  // namespace

TEST_CASE("commas stand between, never before or after") {
  std::string out = "before:";
  Writer w(out);
  w.begin_object();
  w.key("empty_object");
  w.begin_object();
  w.end_object();
  w.key("empty_array");
  w.begin_array();
  w.end_array();
  w.key("list");
  w.begin_array();
  w.value(1);
  w.value("two");
  w.begin_array();
  w.end_array();
  w.begin_object();
  w.field("a", true);
  w.field("b", false);
  w.end_object();
  w.null();
  w.end_array();
  w.key("raw");
  w.raw("[1,2]");
  w.field("last", std::optional<int>());
  w.end_object();
  CHECK(out == R"(before:{"empty_object":{},"empty_array":[],"list":[1,"two",[],{"a":true,"b":false},null],)"
               R"("raw":[1,2],"last":null})");
}

TEST_CASE("only what must be is escaped") {
  CHECK(written("") == R"("")");
  CHECK(written("a/b 'c' <d> 가😀\x7f") == "\"a/b 'c' <d> 가😀\x7f\"");
  CHECK(written("\"") == R"("\"")");
  CHECK(written("\\") == R"("\\")");
  CHECK(written("line\nbreak") == R"("line\u000abreak")");
  CHECK(written(std::string("\0\x1f", 2)) == R"("\u0000\u001f")");
  CHECK(written("\"\"\"") == R"("\"\"\"")");
}

TEST_CASE("an escape is found wherever it stands, and nothing else is taken for one") {
  for (int byte = 1; byte < 128; ++byte) {
    for (std::size_t at = 0; at < 20; ++at) {
      std::string text(20, 'x');
      text[at] = static_cast<char>(byte);
      const auto out = written(text);
      const bool escaped = byte < 0x20 || byte == '"' || byte == '\\';
      INFO(byte << " at " << at);
      REQUIRE((out.find('\\') != std::string::npos) == escaped);
      const auto back = json::parse(out);
      REQUIRE(back);
      REQUIRE(back->get_string() == text);
    }
  }
}

TEST_CASE("numbers of every kind") {
  CHECK(written(0) == "0");
  CHECK(written(std::int64_t{INT64_MIN}) == "-9223372036854775808");
  CHECK(written(std::int64_t{INT64_MAX}) == "9223372036854775807");
  CHECK(written(Won{10'000'000}) == "10000000");
  CHECK(written(UserId{42}) == "42");
  CHECK(written(Multiplier{1'012'345'678}) == "1.012345678");
  CHECK(written(Multiplier{950'000'000}) == "0.950000000");
  CHECK(written(Multiplier{1}) == "0.000000001");
  CHECK(written(Multiplier{12'000'000'000}) == "12.000000000");
}

TEST_CASE("hundredths") {
  CHECK(written_hundredths(0) == "0.00");
  CHECK(written_hundredths(5) == "0.05");
  CHECK(written_hundredths(-5) == "-0.05");
  CHECK(written_hundredths(-123) == "-1.23");
  CHECK(written_hundredths(100) == "1.00");
  CHECK(written_hundredths(INT64_MIN) == "-92233720368547758.08");
}

TEST_CASE("days and moments") {
  const auto day = *time::parse_day("2026-01-31");
  CHECK(written(day) == R"("2026-01-31")");
  CHECK(written(time::Timestamp{day.date} + std::chrono::hours(9) + std::chrono::milliseconds(123)) ==
        R"("2026-01-31T09:00:00.123Z")");
  CHECK(written(std::optional(day)) == R"("2026-01-31")");
}
