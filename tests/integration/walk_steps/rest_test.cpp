#include <catch2/catch.hpp>

#include "recording.hpp"
#include "steps/json.hpp"
#include "support/client.hpp"
#include "support/json.hpp"
#include "support/test_node.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using http::Method;

namespace {

/// A node that serves steps to whom it believes. It is 1 March 2026, 12:00 UTC, 21:00 for its walker.
struct Serving {
  explicit Serving(storage::Dialect dialect) : fresh(dialect, walk::migrations()), walker(add_walker(*fresh)) {
    recorder = make_recorder(node.host(), sessions, {});
    node.run();
  }
  ~Serving() { node.stop(); }

  http::ClientResponse ask(Method method, std::string_view path, std::string body = {}) {
    return send(method, node.url() + "/api/v1/steps" + std::string(path), std::move(body),
                {{"X-Walker", std::to_string(walker.value)}, {"Accept-Language", "en"}});
  }
  std::int32_t steps_of(std::string_view date) {
    const auto answer = ask(Method::get, "?from=" + std::string(date) + "&to=" + std::string(date));
    return static_cast<std::int32_t>(json_at(answer.body, "/data/days/0/steps").as_int64());
  }

  FreshDatabase fresh;
  SetClock clock{at("2026-03-01", 12)};
  BelievingWalkers sessions;
  TestNode node{{.clock = clock, .database = &*fresh}};
  WalkerId walker;
  std::unique_ptr<Recorder> recorder;
};

std::string phone(std::string_view more) {
  return R"({"device": "phone", "source": "PHONE", "utcOffsetMinutes": 540, )" + std::string(more) + "}";
}

void is_refused(const http::ClientResponse& answer, std::string_view field, std::int64_t index = 0) {
  INFO(answer.body);
  CHECK(answer.status == 400);
  CHECK(json_at(answer.body, "/data/field").as_string() == field);
  CHECK(json_at(answer.body, "/data/index").as_int64() == index);
}

}  // namespace

TEST_CASE("a phone puts a day, again and corrected") {
  Serving here(ON_EACH_DATABASE());
  auto answer = here.ask(Method::put, "/2026-03-01", phone(R"("steps": 4321, "version": 5)"));
  REQUIRE(answer.status == 200);
  CHECK(json_at(answer.body, "/data/day").as_string() == "2026-03-01");
  CHECK(json_at(answer.body, "/data/steps").as_int64() == 4321);
  CHECK(json_at(answer.body, "/data/version").as_int64() == 5);
  answer = here.ask(Method::put, "/2026-03-01", phone(R"("steps": 9999, "version": 4)"));
  CHECK(json_at(answer.body, "/data/steps").as_int64() == 4321);
  answer = here.ask(Method::put, "/2026-03-01", phone(R"("steps": 4000, "hours": [0, 0, 4000], "version": 6)"));
  CHECK(json_at(answer.body, "/data/steps").as_int64() == 4000);
  CHECK(here.steps_of("2026-03-01") == 4000);
}

TEST_CASE("what cannot be is refused by the name of its field") {
  Serving here(storage::Dialect::sqlite);
  const auto put = [&](std::string_view body, std::string_view day = "2026-03-01") {
    return here.ask(Method::put, "/" + std::string(day), std::string(body));
  };
  is_refused(put(phone(R"("steps": -1, "version": 1)")), "steps");
  is_refused(put(phone(R"("steps": 1000001, "version": 1)")), "steps");
  is_refused(put(phone(R"("steps": 9223372036854775807, "version": 1)")), "steps");
  is_refused(put(phone(R"("steps": 1000000, "hours": [1000000, 1000000], "version": 1)")), "hours");
  is_refused(put(phone(R"("steps": 9, "hours": [1, -1], "version": 1)")), "hours");
  is_refused(put(phone(R"("hours": [5], "steps": 4, "version": 1)")), "hours");
  is_refused(put(phone(R"("steps": 1, "version": -1)")), "version");
  is_refused(put(phone(R"("steps": 1, "version": 1, "measuredAt": "yesterday")")), "measuredAt");
  is_refused(put(R"({"device": "phone", "source": "SHOE", "steps": 1, "version": 1})"), "source");
  is_refused(put(R"({"device": "phone", "source": "FIRST_RELEASE", "steps": 1, "version": 1})"), "source");
  is_refused(put(R"({"device": "a/b", "source": "PHONE", "steps": 1, "version": 1})"), "device");
  is_refused(put(R"({"device": "a", "utcOffsetMinutes": 7, "steps": 1, "version": 1})"), "utcOffsetMinutes");
  for (const auto* day : {"2026-02-30", "today", "2026-3-1", "20260301", "2026-03-03", "2024-03-01", "9999-12-31"}) {
    is_refused(put(phone(R"("steps": 1, "version": 1)"), day), "day");
  }
  for (const auto* body :
       {"", "{", "[]", R"({"device": "phone"})", R"({"device": "phone", "version": 1})",
        R"({"device": 1, "steps": 1, "version": 1})", R"({"device": "phone", "steps": 1.5, "version": 1})",
        R"({"device": "phone", "steps": 1e3, "version": 1})",
        R"({"device": "phone", "steps": 1, "steps": 2, "version": 1})"}) {
    INFO(body);
    CHECK(put(body).status == 400);
  }
  CHECK(here.ask(Method::get, "?from=2026-03-01&to=2026-03-01").body.find("\"days\":[]") != std::string::npos);
}

TEST_CASE("moments are RFC 3339 in UTC") {
  CHECK(parse_moment("2026-03-01T09:05:07Z") == at("2026-03-01", 9, 5) + std::chrono::seconds(7));
  CHECK(parse_moment("2026-03-01T09:05:07.25Z") == at("2026-03-01", 9, 5) + std::chrono::milliseconds(7250));
  CHECK(parse_moment("2026-03-01T09:05:07.123456789Z") == at("2026-03-01", 9, 5) + std::chrono::milliseconds(7123));
  for (const auto* text :
       {"", "2026-03-01", "2026-03-01T09:05:07", "2026-03-01T24:00:00Z", "2026-03-01T09:05:60Z", "2026-02-30T09:05:07Z",
        "2026-03-01T09:05:07.Z", "2026-03-01T09:05:07,1Z", "2026-03-01T09:05:07.1234567890Z", "2026-03-01T09-05-07Z",
        "2026-03-01T9:05:07ZZ", "2026-03-01T09:05:07+00:00", "2026-03-01 09:05:07Z"}) {
    INFO(text);
    CHECK_FALSE(parse_moment(text));
  }
}

TEST_CASE("a phone that was offline tells many days at once, all or none") {
  Serving here(ON_EACH_DATABASE());
  const auto update = [](std::string_view day, int steps) {
    return R"({"day": ")" + std::string(day) +
           R"(", "device": "phone", "source": "PHONE", "utcOffsetMinutes": 540, "steps": )" + std::to_string(steps) +
           R"(, "version": 1})";
  };
  const auto post = [&](const std::vector<std::string>& updates) {
    std::string body = R"({"updates": [)";
    for (std::size_t i = 0; i < updates.size(); ++i) body += (i ? "," : "") + updates[i];
    return here.ask(Method::post, "", body + "]}");
  };
  is_refused(post({update("2026-02-26", 10), update("2026-02-27", -20)}), "steps", 1);
  is_refused(post({update("2026-02-26", 10), update("26", 20)}), "day", 1);
  is_refused(post({}), "updates");
  is_refused(post(std::vector<std::string>(501, update("2026-02-26", 10))), "updates");
  const auto answer = post({update("2026-02-26", 10), update("2026-02-28", 30), update("2026-02-27", 20)});
  REQUIRE(answer.status == 200);
  CHECK(numbers_at(answer.body, "/data/recorded", "steps") == std::vector<std::int64_t>{10, 30, 20});
  const auto list = here.ask(Method::get, "?from=2026-01-01&to=2026-12-31");
  CHECK(numbers_at(list.body, "/data/days", "steps") == std::vector<std::int64_t>{10, 20, 30});
  CHECK(json_at(list.body, "/data/today").as_string() == "2026-03-01");
}

TEST_CASE("days are listed 400 at most") {
  Serving here(storage::Dialect::sqlite);
  CHECK(here.ask(Method::get, "?from=2025-01-01&to=2026-02-04").status == 200);
  for (const auto* query : {"", "?from=2025-01-01", "?from=2025-01-01&to=2026-02-05", "?from=2026-02-02&to=2026-02-01",
                            "?from=0001-01-01&to=9999-12-31", "?from=x&to=2026-02-01"}) {
    INFO(query);
    CHECK(here.ask(Method::get, query).status == 400);
  }
}

TEST_CASE("a walker sees why a day has its steps") {
  Serving here(ON_EACH_DATABASE());
  CHECK(here.ask(Method::get, "/2026-03-01/why").status == 404);
  CHECK(here.ask(Method::get, "/yesterday/why").status == 400);
  REQUIRE(here.ask(Method::put, "/2026-03-01", phone(R"("steps": 300, "hours": [0, 300], "version": 5)")).status ==
          200);
  REQUIRE(here.ask(Method::put, "/2026-03-01", R"({"device": "hand", "source": "MANUAL", "steps": 900, "version": 1})")
              .status == 200);
  auto why = here.ask(Method::get, "/2026-03-01/why");
  INFO(why.body);
  CHECK(json_at(why.body, "/data/steps").as_int64() == 900);
  CHECK_FALSE(json_at(why.body, "/data/byHours").as_bool());
  CHECK(json_at(why.body, "/data/rule").as_string() == "The largest total that a device told.");
  CHECK(numbers_at(why.body, "/data/devices", "steps") == std::vector<std::int64_t>{900, 300});
  CHECK(json_at(why.body, "/data/doubts/0/doubt").as_string() == "TYPED");
  CHECK(json_at(why.body, "/data/confidence").as_int64() == (300 * 100 + 600 * 30) / 900);
  CHECK(json_at(why.body, "/data/told/0/by/1/hours/1").as_int64() == 300);
  CHECK(json_at(why.body, "/data/time/0/from").as_string() == "2026-02-28T15:00:00.000Z");
  CHECK(json_at(why.body, "/data/time/0/until").as_string() == "2026-03-01T15:00:00.000Z");

  SECTION("what a device told can be taken back") {
    auto answer = here.ask(Method::del, "/2026-03-01/devices/hand");
    CHECK(json_at(answer.body, "/data/steps").as_int64() == 300);
    CHECK(here.ask(Method::del, "/2026-03-01/devices/hand").status == 404);
    CHECK(here.ask(Method::del, "/2026-03-01/devices/nobody").status == 404);
    CHECK(here.ask(Method::del, "/2026-02-01/devices/hand").status == 404);
    CHECK(here.ask(Method::del, "/x/devices/hand").status == 400);
    CHECK(here.steps_of("2026-03-01") == 300);
  }
  SECTION("after a flight it says which time was the day's") {
    here.clock.set(at("2026-03-02", 12));
    REQUIRE(
        here.ask(
                Method::put, "/2026-03-01",
                R"({"device": "phone", "source": "PHONE", "utcOffsetMinutes": -480, "steps": 50, "hours": [0,0,0,0,0,0,50],
                         "version": 6, "measuredAt": "2026-03-02T04:00:00Z"})")
            .status == 200);
    why = here.ask(Method::get, "/2026-03-01/why");
    INFO(why.body);
    CHECK(json_at(why.body, "/data/time/1/utcOffsetMinutes").as_int64() == -480);
    CHECK(json_at(why.body, "/data/time/1/until").as_string() == "2026-03-02T08:00:00.000Z");
    CHECK(json_at(why.body, "/data/rule").as_string().starts_with("The clock changed"));
  }
}

TEST_CASE("statistics of a day, a week, a month and a year") {
  Serving here(ON_EACH_DATABASE());
  const auto put = [&](std::string_view day, std::string_view what) {
    REQUIRE(here.ask(Method::put, "/" + std::string(day), phone(std::string(what) + R"(, "version": 1)")).status ==
            200);
  };
  put("2026-02-22", R"("steps": 9000)");                             // a Sunday
  put("2026-02-23", R"("steps": 600, "hours": [0, 100, 500])");      // Monday
  put("2026-03-01", R"("steps": 1000, "hours": [0, 300, 0, 700])");  // Sunday
  auto week = here.ask(Method::get, "/statistics?period=week");
  INFO(week.body);
  CHECK(json_at(week.body, "/data/from").as_string() == "2026-02-23");
  CHECK(json_at(week.body, "/data/to").as_string() == "2026-03-01");
  CHECK(json_at(week.body, "/data/steps").as_int64() == 1600);
  CHECK(json_at(week.body, "/data/days").as_int64() == 2);
  CHECK(json_at(week.body, "/data/average").as_int64() == 800);
  CHECK(json_at(week.body, "/data/best/day").as_string() == "2026-03-01");
  CHECK(numbers_at(week.body, "/data/weekdays", "average") == std::vector<std::int64_t>{600, 0, 0, 0, 0, 0, 1000});
  CHECK(json_at(week.body, "/data/hours/1/average").as_int64() == 200);
  const auto day = here.ask(Method::get, "/statistics?period=day&day=2026-02-23");
  CHECK(json_at(day.body, "/data/from").as_string() == "2026-02-23");
  CHECK(json_at(day.body, "/data/to").as_string() == "2026-02-23");
  CHECK(json_at(day.body, "/data/steps").as_int64() == 600);
  CHECK(json_at(day.body, "/data/hours/2/average").as_int64() == 500);
  CHECK(json_at(day.body, "/data/hours/23/days").as_int64() == 1);
  const auto total_only = here.ask(Method::get, "/statistics?period=day&day=2026-02-22");
  CHECK(json_at(total_only.body, "/data/steps").as_int64() == 9000);
  CHECK(json_at(total_only.body, "/data/hours/2/days").as_int64() == 0);
  const auto month = here.ask(Method::get, "/statistics?period=month&day=2026-02-10");
  CHECK(json_at(month.body, "/data/to").as_string() == "2026-02-28");
  CHECK(json_at(month.body, "/data/steps").as_int64() == 9600);
  CHECK(json_at(here.ask(Method::get, "/statistics?period=year").body, "/data/from").as_string() == "2026-01-01");
  const auto nothing = here.ask(Method::get, "/statistics?period=month&day=2025-02-10");
  CHECK(json_at(nothing.body, "/data/best").is_null());
  for (const auto* query : {"", "?period=hour", "?period=week&day=x"}) {
    CHECK(here.ask(Method::get, "/statistics" + std::string(query)).status == 400);
  }
}

TEST_CASE("nobody asks without a session, and nobody sees another's days") {
  Serving here(storage::Dialect::sqlite);
  REQUIRE(here.ask(Method::put, "/2026-03-01", phone(R"("steps": 10, "version": 1)")).status == 200);
  CHECK(send(Method::get, here.node.url() + "/api/v1/steps?from=2026-03-01&to=2026-03-01").status == 401);
  here.walker = add_walker(*here.fresh, {.consents = false});
  CHECK(here.ask(Method::get, "?from=2026-03-01&to=2026-03-01").body.find("\"days\":[]") != std::string::npos);
  CHECK(here.ask(Method::get, "/2026-03-01/why").status == 404);
  CHECK(here.ask(Method::put, "/2026-03-01", phone(R"("steps": 10, "version": 1)")).status == 403);
}

TEST_CASE("a walker takes along what was told of its steps, but for what it took back") {
  Serving here(ON_EACH_DATABASE());
  REQUIRE(here.ask(Method::put, "/2026-03-01", phone(R"("steps": 10, "hours": [4, 6], "version": 1)")).status == 200);
  REQUIRE(here.ask(Method::put, "/2026-03-01", R"({"device": "watch", "steps": 70, "version": 1})").status == 200);
  REQUIRE(here.ask(Method::del, "/2026-03-01/devices/watch").status == 200);
  const auto exported = here.fresh->read([&](storage::Connection& connection) {
    std::string text;
    json::Writer writer(text);
    walk::steps::exporter().write(connection, here.walker, writer);
    return text;
  });
  INFO(exported);
  CHECK(json_at(exported, "/0/day").as_string() == "2026-03-01");
  CHECK(json_at(exported, "/0/steps").as_int64() == 10);
  CHECK(json_at(exported, "/0/devices/0/device").as_string() == "phone");
  CHECK(json_at(exported, "/0/devices/0/hours/1").as_int64() == 6);
  CHECK(exported.find("watch") == std::string::npos);
}
