#include "dontgoback/http/parameters.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "dontgoback/http/cookies.hpp"
#include "dontgoback/http/error.hpp"
#include "http/message/fields.hpp"

using namespace dontgoback;
using namespace dontgoback::http;

namespace {

constexpr auto kMost = std::numeric_limits<std::int64_t>::max();

Request query(std::string_view text) {
  Request request;
  request.query = text;
  return request;
}

Request path(std::string_view id) {
  Request request;
  request.path_parameters[0] = {"id", id};
  return request;
}

/// Whether the call is refused as a 400.
template <class Call>
bool refused(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error.failure().kind == FailureKind::invalid;
  }
  return false;
}

}  // namespace

TEST_CASE("A query parameter is decoded, and taken once") {
  struct Row {
    std::string query;
    std::optional<std::string> value;
  };
  const Row row = GENERATE(values<Row>({
      {"", std::nullopt},
      {"b=1", std::nullopt},
      {"aa=1&ba=2", std::nullopt},
      {"a=1", "1"},
      {"a=", ""},
      {"a", ""},
      {"&&a=1&", "1"},
      {"b=2&a=1", "1"},
      {"a=x=y", "x=y"},
      {"a=1+2%2B", "1 2+"},
      {"%61=1", "1"},
      {"a=%EB%8F%88", "돈"},
      {"a=%e2%82%ac", "€"},
      {"b=%zz&a=1", "1"},
  }));
  INFO(row.query);
  CHECK(query_text(query(row.query), "a") == row.value);
  CHECK(form_text(row.query, "a") == row.value);
}

TEST_CASE("A query parameter that is malformed or given twice is a 400") {
  const std::string text = GENERATE(values<std::string>({
      "a=1&a=2",
      "a&a",
      "a=1&%61=1",
      "a=%",
      "a=%4",
      "a=%zz",
      "a=%00",
      "a=x%00y",
      "a=%ff",
      "a=%C0%80",
      "a=%ED%A0%80",
      "a=%F4%90%80%80",
      "a=%E2%82",
      "a=\xFF",
  }));
  INFO(text);
  CHECK(refused([&] { query_text(query(text), "a"); }));
  CHECK(refused([&] { form_text(text, "a"); }));
}

TEST_CASE("An integer is a decimal within its range") {
  CHECK(query_integer(query("n=5"), "n", 1, 9) == 5);
  CHECK(query_integer(query("n=-5"), "n", -9, 9) == -5);
  CHECK(query_integer(query("n=9223372036854775807"), "n", 0, kMost) == kMost);
  CHECK(query_integer(query(""), "n", 1, 9) == std::nullopt);
  const std::string text = GENERATE(
      values<std::string>({"n=", "n=0", "n=10", "n=1.0", "n=1e3", "n=0x1", "n=%201", "n=1%20", "n=%2B1", "n=+1", "n=-1",
                           "n=9223372036854775808", "n=18446744073709551617", "n=1&n=1", "n=abc", "n=1%00"}));
  INFO(text);
  CHECK(refused([&] { query_integer(query(text), "n", 1, 9); }));
}

TEST_CASE("A day is a day of the calendar") {
  CHECK(query_day(query("d=2026-02-28"), "d") == time::parse_day("2026-02-28"));
  CHECK(query_day(query(""), "d") == std::nullopt);
  const std::string text =
      GENERATE(values<std::string>({"d=", "d=2026-02-30", "d=2026-2-3", "d=20260203", "d=2026-02-03T00"}));
  CHECK(refused([&] { query_day(query(text), "d"); }));
}

TEST_CASE("An id of a path is a positive 64-bit decimal") {
  CHECK(path_id(path("1"), "id") == 1);
  CHECK(path_id(path("9223372036854775807"), "id") == kMost);
  const std::string id = GENERATE(values<std::string>(
      {"", "0", "-1", "9223372036854775808", "99999999999999999999", "1a", "a", "+1", "1.0", "%31", "1e3", "me"}));
  INFO(id);
  CHECK(refused([&] { path_id(path(id), "id"); }));
}

TEST_CASE("A page's size and bound") {
  CHECK(page_size(query("")) == 10);
  CHECK(page_size(query(""), 20) == 20);
  CHECK(page_size(query("size=1")) == 1);
  CHECK(page_size(query("size=50")) == 50);
  CHECK(page_size(query("size=51")) == 50);
  CHECK(page_size(query("size=9223372036854775807")) == 50);
  CHECK(page_before(query(""), "last") == kMost);
  CHECK(page_before(query("last=0"), "last") == kMost);
  CHECK(page_before(query("last=7"), "last") == 7);
  const std::string text =
      GENERATE(values<std::string>({"size=0&last=-1", "size=-1&last=x", "size=ten&last=9223372036854775808"}));
  CHECK(refused([&] { page_size(query(text)); }));
  CHECK(refused([&] { page_before(query(text), "last"); }));
}

TEST_CASE("A cookie is found by its name") {
  FieldList fields;
  fields.add("cookie", "a=1; access_token=x.y.z ;empty=; b=\"q\"; a=2; =n; lonely");
  Request request;
  request.headers = &fields;
  CHECK(cookie(request, "access_token").only() == "x.y.z");
  CHECK(cookie(request, "empty").only() == "");
  CHECK(cookie(request, "b").only() == "\"q\"");
  CHECK(cookie(request, "lonely").count == 0);
  CHECK(cookie(request, "token").count == 0);
  CHECK(cookie(request, "ACCESS_TOKEN").count == 0);
  CHECK(cookie(request, "a").count == 2);
  CHECK(cookie(request, "a").only() == std::nullopt);
  // A second field, which no browser sends, may hide a second cookie of any name.
  fields.add("Cookie", "other=1");
  CHECK(cookie(request, "b").only() == std::nullopt);
  CHECK(cookie(request, "token").count > 1);
}

TEST_CASE("A cookie is set and cleared by the rules") {
  using std::chrono::hours;
  CHECK(set_cookie({.secure = true}, "access_token", "v", "/", hours(2)) ==
        "access_token=v; Path=/; Max-Age=7200; HttpOnly; SameSite=Lax; Secure");
  CHECK(set_cookie({.secure = false}, "refresh_token", "v", "/api/token", hours(1)) ==
        "refresh_token=v; Path=/api/token; Max-Age=3600; HttpOnly; SameSite=Lax");
  CHECK(clear_cookie({.secure = true}, "a", "/") == "a=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure");
}
