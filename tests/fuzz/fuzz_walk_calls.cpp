// What clients of walk send over gRPC, before any of it is believed: messages of both services, days in three forms,
// and the entry with the access token. The first byte says what the rest is.
#include <algorithm>

#include "asked_days.hpp"
#include "bearer.hpp"
#include "dates.hpp"
#include "dontgoback/time/day.hpp"
#include "fuzz.hpp"
#include "updates.hpp"

namespace dontgoback::walk::rpc {
namespace {

using fuzz::require;

/// What reading asks of the module: days, and nothing else.
class Days final : public Calls {
 public:
  void authenticate(std::string, Answer<Caller>) override { std::abort(); }
  void record(WalkerId, std::vector<steps::Update>, Answer<std::vector<steps::Recorded>>) override { std::abort(); }
  void days_of(WalkerId, std::vector<std::string>, Calls::Days, Answer<std::vector<DayOf>>) override { std::abort(); }
  std::unique_ptr<Watch> watch(WalkerId, std::vector<std::string>, std::function<void()>) override { std::abort(); }
  void board(WalkerId, Period, Answer<std::vector<BoardEntry>>) override { std::abort(); }
  std::variant<security::CertificatePair, security::CertificateProblem> certificate(
      const security::CertificateFiles&) const override {
    std::abort();
  }
  std::optional<time::Day> day_of(std::string_view text) const override { return time::parse_day(text); }
  std::string text_of(time::Day day) const override { return time::to_string(day); }
  void warn(std::string_view) override {}
};
const Days kDays;
const Calls::Caller kAnn{{1}, "0000000a-0000-4000-8000-00000000000a"};

/// What cannot be taken says which field.
void judge_refusal(const grpc::Status& status, std::string_view field) {
  require(status.error_code() == grpc::StatusCode::INVALID_ARGUMENT);
  require(status.error_message().starts_with(field) && status.error_message().find(": ") != std::string::npos);
  require(std::ranges::all_of(status.error_message(), [](char c) { return c >= ' ' && c < 0x7F; }));
}

bool in_range(std::int32_t steps) { return steps >= 0 && steps <= steps::kMostSteps; }

void read_record(const std::string& bytes) {
  ::walk::v1::RecordRequest request;
  if (!request.ParseFromString(bytes)) return;
  const auto read = updates_of(request, kDays);
  if (const auto* refused = std::get_if<grpc::Status>(&read)) return judge_refusal(*refused, "updates");
  const auto& updates = std::get<0>(read);
  require(!updates.empty() && updates.size() == static_cast<std::size_t>(request.updates_size()));
  for (std::size_t i = 0; i < updates.size(); ++i) {
    const auto& update = updates[i];
    const auto& from = request.updates(static_cast<int>(i));
    require(time::to_string(update.day) == from.day() && update.device == from.device());
    require(!update.device.empty() && update.device.size() <= steps::kLongestDevice);
    require(in_range(update.total) && update.hours.size() <= 25 && std::ranges::all_of(update.hours, in_range));
    require(update.version == from.version());
    require(!update.offset_minutes || (*update.offset_minutes >= -720 && *update.offset_minutes <= 840));
    require(update.source <= steps::Source::manual);
  }
}

void read_input(const std::string& bytes) {
  ::step::StepInput input;
  if (!input.ParseFromString(bytes)) return;
  const auto read = updates_of(input, kAnn, kDays);
  if (const auto* refused = std::get_if<grpc::Status>(&read)) {
    if (refused->error_code() != grpc::StatusCode::PERMISSION_DENIED) judge_refusal(*refused, "");
    return;
  }
  const auto& updates = std::get<0>(read);
  require(updates.size() == 1 && in_range(updates[0].total) && updates[0].total == input.steps());
  require(is_uuid(input.userid(), kAnn.uuid));
}

void read_asked(const std::string& bytes) {
  ::step::GetStepsByUuidsInput input;
  if (!input.ParseFromString(bytes)) return;
  const auto read = asked_days(input, kDays);
  if (const auto* refused = std::get_if<grpc::Status>(&read)) return judge_refusal(*refused, "");
  auto uuids = std::get<0>(read).uuids;
  require(!uuids.empty() && uuids.size() <= kMostWalkers);
  std::ranges::sort(uuids);
  require(std::ranges::adjacent_find(uuids) == uuids.end());
  require(std::get<0>(read).has_day == !input.date().empty());
}

void read_bearer(const std::string& text) {
  const auto token = bearer_token(text);
  if (!token) return;
  require(!token->empty() && token->size() <= kLongestToken && token->find(' ') == std::string::npos);
  require(text.ends_with(*token));
  require(bearer_token(*token) == token && bearer_token("Bearer " + *token) == token);
}

void read_date(const std::string& text) {
  const auto plain = plain_date(text);
  require(plain_date(plain) == plain);
  if (const auto day = time::parse_day(plain)) require(time::to_string(*day) == plain);
}

void read(char what, const std::string& text) {
  switch (what) {
    case 'r':
      read_record(text);
      break;
    case 'i':
      read_input(text);
      break;
    case 'a':
      read_asked(text);
      break;
    case 'b':
      read_bearer(text);
      break;
    default:
      read_date(text);
  }
}

}  // namespace
}  // namespace dontgoback::walk::rpc

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  dontgoback::walk::rpc::read(static_cast<char>(data[0]), std::string(dontgoback::fuzz::text_of(data + 1, size - 1)));
  return 0;
}
