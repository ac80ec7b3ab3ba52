#include "dontgoback/json/reader.hpp"

#include <catch2/catch.hpp>

#include "dontgoback/id.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/time/day.hpp"

using namespace dontgoback;

namespace {

/// A type that says itself how it looks.
struct Steps {
  std::int64_t count = 0;
};
struct Track {
  Steps steps;
  std::optional<Steps> goal;
};
BOOST_DESCRIBE_STRUCT(Track, (), (steps, goal))

struct Inner {
  std::string name;
  std::optional<std::int64_t> count;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (name, count))

struct Outer {
  std::int64_t number;
  bool flag;
  double ratio;
  time::Day day;
  UserId user;
  std::vector<Inner> inner;
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(Outer, (), (number, flag, ratio, day, user, inner, note))

struct Number {
  std::int64_t n;
};
BOOST_DESCRIBE_STRUCT(Number, (), (n))
struct Text {
  std::string n;
};
BOOST_DESCRIBE_STRUCT(Text, (), (n))
struct User {
  UserId n;
};
BOOST_DESCRIBE_STRUCT(User, (), (n))
struct Date {
  time::Day n;
};
BOOST_DESCRIBE_STRUCT(Date, (), (n))
struct Flag {
  bool n;
};
BOOST_DESCRIBE_STRUCT(Flag, (), (n))
struct Real {
  double n;
};
BOOST_DESCRIBE_STRUCT(Real, (), (n))

std::string with(std::string_view value) { return "{\"n\":" + std::string(value) + "}"; }

std::string nested(int depth) { return std::string(depth, '[') + std::string(depth, ']'); }

}  // namespace

template <>
struct dontgoback::json::Form<Steps> {
  static void write(auto& writer, Steps steps) { writer.value(steps.count); }
  static bool read(std::int64_t from, Steps& to) {
    to.count = from;
    return from >= 0 && from <= 100'000;
  }
};

TEST_CASE("a type is written and read in its own form") {
  const auto track = json::read<Track>(R"({"steps": 8000, "goal": 10000})");
  REQUIRE(track);
  CHECK(track->steps.count == 8000);
  CHECK(track->goal.value().count == 10000);
  CHECK(json::read<Track>(R"({"steps": 0})"));
  for (const auto* wrong : {R"({"steps": -1})", R"({"steps": 100001})", R"({"steps": 1e3})", R"({"steps": "1"})"}) {
    CHECK_FALSE(json::read<Track>(wrong));
  }
  std::string out;
  json::Writer(out).value(track->goal);
  CHECK(out == "10000");
}

TEST_CASE("a whole document is read into its struct") {
  const auto read =
      json::read<Outer>(R"( {"number": -9223372036854775808, "flag": true, "ratio": 2, "day": "2024-02-29",
      "user": 9223372036854775807, "inner": [{"name": "가\u00e9\ud83d\ude00", "count": null}, {"name": "", "count": 7}],
      "unknown": {"is": ["ignored"]}} )");
  REQUIRE(read);
  CHECK(read->number == INT64_MIN);
  CHECK(read->flag);
  CHECK(read->ratio == 2.0);
  CHECK(time::to_string(read->day) == "2024-02-29");
  CHECK(read->user.value == INT64_MAX);
  REQUIRE(read->inner.size() == 2);
  CHECK(read->inner[0].name == "가é😀");
  CHECK(!read->inner[0].count);
  CHECK(read->inner[1].count == 7);
  CHECK(!read->note);
}

TEST_CASE("what is no strict JSON document is malformed") {
  const std::string documents[] = {
      "",
      " ",
      "nul",
      "{",
      "[1,]",
      "[1 2]",
      "{\"a\":1,}",
      "{a:1}",
      "{'a':1}",
      "[1]x",
      "[1][2]",
      "[1] // comment",
      "/**/[1]",
      "[NaN]",
      "[Infinity]",
      "[-Infinity]",
      "[01]",
      "[+1]",
      "[.5]",
      "[1.]",
      "[1e]",
      "[0x10]",
      "[1e999]",
      "[-1e999]",
      "[1e99999999999999999999]",
      "[TRUE]",
      "[\"\t\"]",
      "[\"\\x41\"]",
      "[\"\\u12\"]",
      "[\"\\ud800\"]",
      "[\"\\udc00\"]",
      "[\"\\ud800\\u0041\"]",
      "[\"open",
      "\xEF\xBB\xBF[1]",         // byte order mark
      "[\"\xC0\x80\"]",          // overlong
      "[\"\xED\xA0\x80\"]",      // surrogate
      "[\"\xF4\x90\x80\x80\"]",  // past U+10FFFF
      "[\"\xC3\"]",              // cut short
      "[\"\xFF\"]",
      "[\"\\u0000\"]",
      "[\"long enough to come in parts \\n \\u0000\"]",
      "{\"\\u0000\":1}",
      std::string("[\"a\0b\"]", 7),
      std::string("[1]\0", 4),
      R"({"a":1,"a":1})",
      R"({"a":1,"b":2,"\u0061":3})",
      R"([{"x":{"a":1,"b":{"c":1,"c":2}}}])",
      R"({"a":{"deep":1},"a":{"deep":1}})",
      nested(17),
  };
  for (const auto& document : documents) {
    INFO(document);
    const auto parsed = json::parse(document);
    REQUIRE(!parsed);
    CHECK(parsed.failure().kind == FailureKind::invalid);
  }
}

TEST_CASE("what is strict JSON is taken") {
  const std::string documents[] = {
      "null",
      "0",
      "-0",
      "\"\"",
      "{}",
      " \t\r\n[ ] ",
      R"({"a":{"a":{"a":1}},"A":1,"":2})",
      R"([{"a":1},{"a":1}])",
      "18446744073709551615",
      "1e308",
      "\"\\u0001\x7f\"",
      nested(16),
  };
  for (const auto& document : documents) {
    INFO(document);
    CHECK(json::parse(document));
  }
}

TEST_CASE("a key that comes twice is found among many") {
  std::string document = "{\"twice\":0";
  for (int i = 0; i < 1000; ++i) document += ",\"key" + std::to_string(i) + "\":" + std::to_string(i);
  CHECK(json::parse(document + "}"));
  CHECK(!json::parse(document + ",\"twice\":1}"));
}

TEST_CASE("integers are exact") {
  for (const auto* value : {"0", "-1", "9223372036854775807", "-9223372036854775808"}) {
    INFO(value);
    const auto read = json::read<Number>(with(value));
    REQUIRE(read);
    CHECK(std::to_string(read->n) == value);
  }
  for (const auto* value : {"1.0", "1e3", "1E0", "0.5", "9223372036854775808", "18446744073709551616",
                            "-9223372036854775809", "\"1\"", "true", "null", "[1]", "{}"}) {
    INFO(value);
    CHECK(!json::read<Number>(with(value)));
  }
}

TEST_CASE("each type refuses the others") {
  for (const auto* value : {"1", "null", "true", "[\"a\"]", "{}"}) {
    INFO(value);
    CHECK(!json::read<Text>(with(value)));
  }
  for (const auto* value : {"0", "-1", "9223372036854775808", "\"1\"", "null"}) {
    INFO(value);
    CHECK(!json::read<User>(with(value)));
  }
  for (const auto* value : {"\"2023-02-29\"", "\"2024-2-29\"", "\"\"", "20240229", "null"}) {
    INFO(value);
    CHECK(!json::read<Date>(with(value)));
  }
  for (const auto* value : {"0", "1", "\"true\"", "null"}) {
    INFO(value);
    CHECK(!json::read<Flag>(with(value)));
  }
  for (const auto* value : {"\"1\"", "true", "null"}) {
    INFO(value);
    CHECK(!json::read<Real>(with(value)));
  }
  for (const auto* document : {"[]", "1", "\"n\"", "null", "{}", "{\"N\":1}"}) {
    INFO(document);
    CHECK(!json::read<Number>(document));
  }
}

TEST_CASE("an optional member of the wrong type is not overlooked") {
  CHECK(json::read<Inner>(R"({"name":"a"})"));
  CHECK(json::read<Inner>(R"({"name":"a","count":null})"));
  CHECK(!json::read<Inner>(R"({"name":"a","count":"7"})"));
  CHECK(!json::read<Inner>(R"({"count":7})"));
}
