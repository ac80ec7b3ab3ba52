#include <catch2/catch.hpp>
#include <string>

#include "client.hpp"
#include "messages.hpp"
#include "other_side.hpp"

namespace dontgoback::test {
namespace {

const std::string kRecord = "/walk.v1.WalkService/Record";
const std::string kBoard = "/walk.v1.WalkService/WatchBoard";
const std::string kDays = "/walk.v1.WalkService/GetDays";

std::string update(int total, std::string_view day = "2026-01-31", std::string_view device = "phone-1") {
  return field(1, field(1, day) + field(2, device) + field(3, 1) + field(4, total) + field(6, total));
}
std::string acknowledgement(int requests, int total) {
  return field(1, requests) + field(2, field(1, "2026-01-31") + field(2, total) + field(3, total));
}

TEST_CASE("requests are acknowledged in their order, whatever is on disk first", "[walk_rpc]") {
  Served served;
  served.calls.keep_answers();
  Talk talk(served.channel(), kRecord, {});
  for (int i = 1; i <= 5; ++i) talk.write(update(i));
  served.calls.wait_for_kept(5);
  served.calls.let_go();  // the last first
  for (int i = 1; i <= 5; ++i) CHECK(talk.read() == acknowledgement(i, i));
  talk.writes_done();
  CHECK(talk.read() == std::nullopt);
  CHECK(talk.finish().ok());
}

TEST_CASE("at most eight requests of a stream are under way", "[walk_rpc]") {
  Served served;
  served.calls.keep_answers();
  Talk talk(served.channel(), kRecord, {});
  for (int i = 1; i <= 12; ++i) talk.write(update(i));
  served.calls.wait_for_kept(8);
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  CHECK(served.calls.recorded().size() == 8);
  served.calls.let_go();
  for (int i = 1; i <= 12; ++i) CHECK(talk.read() == acknowledgement(i, i));
}

TEST_CASE("a request that cannot be taken ends the stream, after those before it are acknowledged", "[walk_rpc]") {
  Served served;
  Talk talk(served.channel(), kRecord, {});
  talk.write(update(1));
  talk.write(update(2) + update(-3));
  CHECK(talk.read() == acknowledgement(1, 1));
  CHECK(talk.read() == std::nullopt);
  const auto status = talk.finish();
  CHECK(status.error_code() == grpc::StatusCode::INVALID_ARGUMENT);
  CHECK(status.error_message() == "updates[1].total: must be 0 to 1000000");
  CHECK(served.calls.recorded().size() == 1);
}

TEST_CASE("what the module refuses ends the stream with its status", "[walk_rpc]") {
  Served served;
  served.calls.refused_totals = {2};
  Talk talk(served.channel(), kRecord, {});
  talk.write(update(1));
  talk.write(update(2));
  CHECK(talk.read() == acknowledgement(1, 1));
  CHECK(talk.read() == std::nullopt);
  const auto status = talk.finish();
  CHECK(status.error_code() == grpc::StatusCode::UNAVAILABLE);
  CHECK(status.error_message() == "Not now.");
}

TEST_CASE("each update is judged to its last field", "[walk_rpc]") {
  struct Case {
    std::string request;
    std::string field;
  };
  const auto of = [](const std::string& fields) { return field(1, field(1, "2026-01-31") + fields); };
  const std::vector<Case> cases{
      {"", "updates: "},
      {field(1, ""), "updates[0].day: "},
      {update(1, "31.01.2026"), "updates[0].day: "},
      {of(""), "updates[0].device: "},
      {update(1, "2026-01-31", std::string(65, 'x')), "updates[0].device: "},
      {update(1, "2026-01-31", "폰"), "updates[0].device: "},
      {update(1'000'001), "updates[0].total: "},
      {of(field(2, "x") + field(5, -1)), "updates[0].hours[0]: "},
      {of(field(2, ".x")), "updates[0].device: "},
      {of(field(2, "x") + field(7, 855)), "updates[0].offset_minutes: "},
      {of(field(2, "x") + field(7, 541)), "updates[0].offset_minutes: "},
      {of(field(2, "x") + field(8, INT64_MAX)), "updates[0].measured_at: "},
      {of(field(2, "x") + field(8, INT64_MIN)), "updates[0].measured_at: "},
  };
  Served served;
  const auto channel = served.channel();
  for (const auto& each : cases) {
    const auto answer = call(channel, kRecord, each.request);
    CHECK(answer.status.error_code() == grpc::StatusCode::INVALID_ARGUMENT);
    CHECK(answer.status.error_message().find(each.field) == 0);
  }
  std::string hours, many;
  for (int i = 0; i < 26; ++i) hours += field(5, 1);
  CHECK(call(channel, kRecord, of(field(2, "x") + hours)).status.error_message().find("updates[0].hours: ") == 0);
  for (int i = 0; i < 501; ++i) many += update(1);
  CHECK(call(channel, kRecord, many).status.error_message().find("updates: ") == 0);
}

TEST_CASE("a sign-out ends a stream of updates at its next request", "[walk_rpc]") {
  Served served;
  Talk talk(served.channel(), kRecord, {});
  talk.write(update(1));
  CHECK(talk.read() == acknowledgement(1, 1));
  served.calls.sign_out(OtherSide::kAnnsToken);
  talk.write(update(2));
  CHECK(talk.read() == std::nullopt);
  CHECK(talk.finish().error_code() == grpc::StatusCode::UNAUTHENTICATED);
  CHECK(served.calls.recorded().size() == 1);
}

TEST_CASE("a board comes at once, and when it has changed", "[walk_rpc]") {
  Served served;
  const auto board_with = [](std::int32_t steps) {
    return std::vector<walk::rpc::Calls::BoardEntry>{{OtherSide::kAnn, "안나", steps, 1, true, false}};
  };
  const auto bytes_with = [](int steps) {
    return field(1, field(1, OtherSide::kAnn) + field(2, "안나") + field(3, steps) + field(4, 1) + field(5, 1));
  };
  served.calls.set_board(board_with(5));
  Talk talk(served.channel(), kBoard, {});
  talk.write("");
  CHECK(talk.read() == bytes_with(5));
  served.calls.tell();  // of nothing new
  served.calls.set_board(board_with(6));
  served.calls.tell();
  CHECK(talk.read() == bytes_with(6));
  served.calls.sign_out(OtherSide::kAnnsToken);
  served.calls.tell();
  CHECK(talk.read() == std::nullopt);
  CHECK(talk.finish().error_code() == grpc::StatusCode::UNAUTHENTICATED);
}

TEST_CASE("a stream that says nothing ends soon after its session", "[walk_rpc]") {
  Served served;
  served.calls.set_board({{OtherSide::kAnn, "", 1, 1, true, false}});
  Talk talk(served.channel(), kBoard, {.deadline = std::chrono::seconds(30)});
  talk.write("");
  REQUIRE(talk.read());
  served.calls.sign_out(OtherSide::kAnnsToken);
  CHECK(talk.read() == std::nullopt);
  CHECK(talk.finish().error_code() == grpc::StatusCode::UNAUTHENTICATED);
}

TEST_CASE("a board of a period that is none is refused", "[walk_rpc]") {
  Served served;
  const auto answer = call(served.channel(), kBoard, field(1, 7));
  CHECK(answer.status.error_code() == grpc::StatusCode::INVALID_ARGUMENT);
  CHECK(answer.status.error_message().find("period: ") == 0);
}

TEST_CASE("days are one's own where nobody is named", "[walk_rpc]") {
  Served served;
  served.calls.walk(OtherSide::kAnn, "2026-01-30", 4);
  served.calls.walk(OtherSide::kAnn, "2026-01-31", 5);
  served.calls.walk(OtherSide::kBob, "2026-01-31", 6);
  const auto channel = served.channel();
  CHECK(call(channel, kDays, field(2, "2026-01-31")).bytes == field(1, field(1, "2026-01-31") + field(2, 5)));
  CHECK(call(channel, kDays, field(1, OtherSide::kBob)).bytes == field(1, field(1, "2026-01-31") + field(2, 6)));
  CHECK(call(channel, kDays, field(2, "soon")).status.error_message().find("from: ") == 0);
  CHECK(call(channel, kDays, field(3, "soon")).status.error_message().find("to: ") == 0);
  CHECK(call(channel, kDays, field(2, "2026-01-31") + field(3, "2026-01-30")).status.error_code() ==
        grpc::StatusCode::INVALID_ARGUMENT);
}

}  // namespace
}  // namespace dontgoback::test
