#include "telemetry/log_line.hpp"

#include <catch2/catch.hpp>

using namespace dontgoback;
using telemetry::Level;

namespace {

constexpr time::Timestamp kMoment{std::chrono::milliseconds{1'795'143'600'123}};  // 2026-11-20T03:00:00.123Z

std::string text_line(std::string_view message, std::initializer_list<telemetry::Field> fields,
                      Level level = Level::info) {
  std::string line;
  telemetry::append_text_line(line, kMoment, level, message, fields);
  return line;
}

std::string json_line(std::string_view message, std::initializer_list<telemetry::Field> fields) {
  std::string line;
  telemetry::append_json_line(line, kMoment, Level::warn, message, fields);
  return line;
}

}  // namespace

TEST_CASE("a line for people") {
  CHECK(text_line("request", {{"path", "/api/v1/feeds"}, {"status", 200}}) ==
        "2026-11-20T03:00:00.123Z info  request path=/api/v1/feeds status=200\n");
  CHECK(text_line("slow", {{"what", "two words"}, {"empty", ""}, {"query", "a=b"}}, Level::error) ==
        "2026-11-20T03:00:00.123Z error slow what=\"two words\" empty=\"\" query=\"a=b\"\n");
}

TEST_CASE("a line for machines") {
  CHECK(json_line("no \"luck\"", {{"count", -7}, {"path", "C:\\x"}}) ==
        "{\"time\":\"2026-11-20T03:00:00.123Z\",\"level\":\"warn\",\"message\":\"no \\\"luck\\\"\",\"count\":-7,"
        "\"path\":\"C:\\\\x\"}\n");
}

TEST_CASE("a line for the journal begins with syslog's number of its level") {
  for (const auto& [level, number] :
       {std::pair{Level::debug, "<7>"}, {Level::info, "<6>"}, {Level::warn, "<4>"}, {Level::error, "<3>"}}) {
    std::string line;
    telemetry::append_priority(line, level);
    CHECK(line == number);
  }
}

TEST_CASE("the time is that of the line, whatever second came before") {
  std::string lines;
  telemetry::append_text_line(lines, kMoment, Level::info, "a", {});
  telemetry::append_text_line(lines, kMoment + std::chrono::milliseconds(876), Level::info, "b", {});
  telemetry::append_text_line(lines, kMoment + std::chrono::milliseconds(877), Level::info, "c", {});
  CHECK(lines ==
        "2026-11-20T03:00:00.123Z info  a\n2026-11-20T03:00:00.999Z info  b\n2026-11-20T03:00:01.000Z info  c\n");
}

TEST_CASE("no value can make a second line, imitate a field or steer the terminal") {
  const std::string hostile[] = {"a\nb",
                                 "a\r\nb",
                                 "a b=c",
                                 "\x1b[31m",
                                 std::string("a\0b", 3),
                                 "\xc2\x9b"
                                 "31m",
                                 "\xff\xfe",
                                 "\xed\xa0\x80",
                                 "\xf8\x88",
                                 "\xe2\x82"};
  for (const auto& value : hostile) {
    for (const auto& line :
         {text_line("m", {{"v", value}}), json_line("m", {{"v", value}}), text_line(value, {}), json_line(value, {})}) {
      CAPTURE(line);
      CHECK(line.find('\n') == line.size() - 1);
      for (const auto c : line.substr(0, line.size() - 1)) CHECK((c >= ' ' && c <= '~'));
    }
  }
  CHECK(text_line("m", {{"v", "a b=c"}}).find("v=\"a b=c\"") != std::string::npos);
}

TEST_CASE("text in UTF-8 stays readable") {
  CHECK(json_line("그때 돌아가지 않았다면 🙂 é", {}).find("그때 돌아가지 않았다면 🙂 é") !=
        std::string::npos);
}
