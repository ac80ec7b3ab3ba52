#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "client.hpp"
#include "messages.hpp"
#include "other_side.hpp"

namespace dontgoback::test {
namespace {

const std::string kRecord = "/step.StepService/RecordSteps";
const std::string kStream = "/step.StepService/StreamSteps";
const std::string kUserStream = "/step.StepService/StreamUserSteps";
const std::string kRecorded = field(1, "Steps recorded successfully");

std::string today() {
  return time::to_string({std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())});
}

TEST_CASE("steps of the first release are recorded, whatever way of writing the day", "[walk_rpc]") {
  Served served;
  const auto channel = served.channel();
  for (const std::string date : {"2024-12-30", "20241230", "2024.12.30"}) {
    const auto answer = call(channel, kRecord, step_input(OtherSide::kAnn, 7, date));
    REQUIRE(answer.status.ok());
    CHECK(answer.bytes == kRecorded);
    const auto update = served.calls.recorded().back();
    CHECK(update.day == time::parse_day("2024-12-30"));
    CHECK(update.total == 7);
    CHECK(update.device == "grpc");
    CHECK(update.source == walk::steps::Source::first_release);
  }
}

TEST_CASE("zero steps, which are not on the wire, are recorded", "[walk_rpc]") {
  Served served;
  const auto answer = call(served.channel(), kRecord, field(1, OtherSide::kAnn) + field(3, "2024-12-30"));
  REQUIRE(answer.status.ok());
  CHECK(served.calls.recorded().at(0).total == 0);
}

TEST_CASE("what cannot be recorded says which field", "[walk_rpc]") {
  struct Case {
    std::string input;
    grpc::StatusCode code;
    std::string field;
  };
  const std::vector<Case> cases{
      {field(2, 5) + field(3, "2024-12-30"), grpc::StatusCode::INVALID_ARGUMENT, "userId: "},
      {step_input(OtherSide::kBob, 5, "2024-12-30"), grpc::StatusCode::PERMISSION_DENIED, "userId: "},
      {step_input("ann", 5, "2024-12-30"), grpc::StatusCode::PERMISSION_DENIED, "userId: "},
      {field(1, OtherSide::kAnn) + field(2, 5), grpc::StatusCode::INVALID_ARGUMENT, "date: "},
      {step_input(OtherSide::kAnn, 5, "Dec 24 2024"), grpc::StatusCode::INVALID_ARGUMENT, "date: "},
      {step_input(OtherSide::kAnn, 5, "2024-12-26T15:00:00.000Z"), grpc::StatusCode::INVALID_ARGUMENT, "date: "},
      {step_input(OtherSide::kAnn, 5, "2024-02-30"), grpc::StatusCode::INVALID_ARGUMENT, "date: "},
      {step_input(OtherSide::kAnn, 5, "2024123"), grpc::StatusCode::INVALID_ARGUMENT, "date: "},
      {step_input(OtherSide::kAnn, 5, "2024.12-30"), grpc::StatusCode::INVALID_ARGUMENT, "date: "},
      {step_input(OtherSide::kAnn, -1, "2024-12-30"), grpc::StatusCode::INVALID_ARGUMENT, "steps: "},
      {step_input(OtherSide::kAnn, 1'000'001, "2024-12-30"), grpc::StatusCode::INVALID_ARGUMENT, "steps: "},
  };
  Served served;
  const auto channel = served.channel();
  for (const auto& each : cases) {
    const auto answer = call(channel, kRecord, each.input);
    CHECK(answer.status.error_code() == each.code);
    CHECK(answer.status.error_message().find(each.field) == 0);
  }
  CHECK(served.calls.recorded().empty());
}

TEST_CASE("a token is taken with no, one and two schemes, and once only", "[walk_rpc]") {
  Served served;
  const auto channel = served.channel();
  const auto code_with = [&](std::vector<std::string> authorization) {
    return call(channel, kRecord, step_input(OtherSide::kAnn, 1, "2024-12-30"), {.authorization = authorization})
        .status.error_code();
  };
  CHECK(code_with({"ann"}) == grpc::StatusCode::OK);
  CHECK(code_with({"Bearer ann"}) == grpc::StatusCode::OK);
  CHECK(code_with({"bearer Bearer ann"}) == grpc::StatusCode::OK);
  CHECK(code_with({}) == grpc::StatusCode::UNAUTHENTICATED);
  CHECK(code_with({"Bearer "}) == grpc::StatusCode::UNAUTHENTICATED);
  CHECK(code_with({"Bearer Bearer Bearer ann"}) == grpc::StatusCode::UNAUTHENTICATED);
  CHECK(code_with({"Basic ann"}) == grpc::StatusCode::UNAUTHENTICATED);
  CHECK(code_with({"Bearer eve"}) == grpc::StatusCode::UNAUTHENTICATED);
  CHECK(code_with({"Bearer ann", "Bearer ann"}) == grpc::StatusCode::UNAUTHENTICATED);
  CHECK(code_with({"Bearer " + std::string(4097, 'a')}) == grpc::StatusCode::UNAUTHENTICATED);
}

TEST_CASE("days of somebody need somebody", "[walk_rpc]") {
  Served served;
  served.calls.walk(OtherSide::kAnn, "2024-12-30", 5);
  const auto channel = served.channel();
  const auto nobody = call(channel, "/step.StepService/GetStepsByUser", "");
  CHECK(nobody.status.error_code() == grpc::StatusCode::INVALID_ARGUMENT);
  CHECK(nobody.status.error_message().find("userId: ") == 0);
  const auto ann = call(channel, "/step.StepService/GetStepsByUser", field(1, OtherSide::kAnn));
  CHECK(ann.bytes == field(1, field(1, "2024-12-30") + field(2, 5)));
  const auto ranked = call(channel, "/step.StepService/GetStepsByUuids", field(1, OtherSide::kAnn));
  CHECK(ranked.bytes == field(1, field(1, OtherSide::kAnn) + field(2, "2024-12-30") + field(3, 5) + field(4, 1)));
}

TEST_CASE("a stream of one walker without a date has version B's records", "[walk_rpc]") {
  Served served;
  served.calls.walk(OtherSide::kBob, today(), 5);
  Talk talk(served.channel(), kStream, {});
  talk.write(field(1, OtherSide::kBob));
  CHECK(talk.read() == field(1, today()) + field(2, 5));
  served.calls.walk(OtherSide::kBob, today(), 8);
  served.calls.tell();
  CHECK(talk.read() == field(1, today()) + field(2, 8));
}

TEST_CASE("a stream of several walkers, or of a date, has version C's records", "[walk_rpc]") {
  Served served;
  served.calls.walk(OtherSide::kBob, "2024-12-30", 5);
  const auto record = field(1, OtherSide::kBob) + field(2, "2024-12-30") + field(3, 5) + field(4, 1);
  Talk dated(served.channel(), kStream, {});
  dated.write(field(1, OtherSide::kBob) + field(2, "20241230"));
  CHECK(dated.read() == record);
  Talk several(served.channel(), kStream, {});
  several.write(field(1, OtherSide::kBob) + field(1, OtherSide::kAnn));
  CHECK(several.read() == record);
}

TEST_CASE("what a stream asks for is judged", "[walk_rpc]") {
  Served served;
  const auto channel = served.channel();
  const auto code_of = [&](const std::string& request) { return call(channel, kStream, request).status.error_code(); };
  CHECK(code_of("") == grpc::StatusCode::INVALID_ARGUMENT);
  CHECK(code_of(field(1, "")) == grpc::StatusCode::INVALID_ARGUMENT);
  CHECK(code_of(field(1, OtherSide::kAnn) + field(2, "yesterday")) == grpc::StatusCode::INVALID_ARGUMENT);
  CHECK(code_of("\x0a\xff") == grpc::StatusCode::INVALID_ARGUMENT);
  std::string many;
  for (int i = 0; i < 502; ++i) many += field(1, "walker " + std::to_string(i));
  CHECK(code_of(many) == grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_CASE("a stream of counts is answered once, when its client has closed it", "[walk_rpc]") {
  Served served;
  Talk talk(served.channel(), kUserStream, {});
  talk.write(step_input(OtherSide::kAnn, 1, "2024-12-30"));
  talk.write(step_input(OtherSide::kAnn, 2, "2024-12-30"));
  talk.writes_done();
  CHECK(talk.read() == kRecorded);
  CHECK(talk.read() == std::nullopt);
  CHECK(talk.finish().ok());
  CHECK(served.calls.recorded().size() == 2);
}

TEST_CASE("a stream of counts ends at the first that cannot be recorded", "[walk_rpc]") {
  Served served;
  Talk talk(served.channel(), kUserStream, {});
  talk.write(step_input(OtherSide::kAnn, 1, "2024-12-30"));
  talk.write(step_input(OtherSide::kBob, 2, "2024-12-30"));
  CHECK(talk.read() == std::nullopt);
  const auto status = talk.finish();
  CHECK(status.error_code() == grpc::StatusCode::PERMISSION_DENIED);
  CHECK(served.calls.recorded().size() == 1);
}

}  // namespace
}  // namespace dontgoback::test
