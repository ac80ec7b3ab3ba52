#include "step_streams.hpp"

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/proto_buffer_reader.h>
#include <grpcpp/support/slice.h>

namespace dontgoback::walk::rpc {
namespace {

// What version B looks at is today, wherever the walker is; days that are over are asked for.
constexpr std::chrono::days kLiveDays{2};

time::Day utc_today() { return {std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())}; }

std::optional<::step::GetStepsByUuidsInput> parse(const grpc::ByteBuffer& from) {
  grpc::ByteBuffer bytes(from);  // reading takes it apart
  grpc::ProtoBufferReader reader(&bytes);
  ::step::GetStepsByUuidsInput input;
  if (!reader.status().ok() || !input.ParseFromZeroCopyStream(&reader)) return std::nullopt;
  return input;
}

}  // namespace

std::optional<grpc::Status> StepsStream::take(const grpc::ByteBuffer& request) {
  const auto input = parse(request);
  if (!input) return grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "the request is no GetStepsByUuidsInput");
  auto asked = asked_days(*input, calls());
  if (auto* problem = std::get_if<grpc::Status>(&asked)) return std::move(*problem);
  asked_ = std::move(std::get<0>(asked));
  return std::nullopt;
}

std::string StepsStream::named(const grpc::ByteBuffer& request) const {
  const auto input = parse(request);
  return input ? first_of(*input) : std::string();
}

void StepsStream::ask(const Calls::Caller& caller) {
  auto days = asked_.days;
  if (!asked_.wants_ranks()) days.from = utc_today() - kLiveDays;
  calls().days_of(caller.walker, asked_.uuids, days, [this](const Result<std::vector<Calls::DayOf>>& found) {
    if (!found) return stop(status_of(found.failure()));
    std::vector<grpc::ByteBuffer> news;
    for (const auto& day : *found) {
      auto [said, is_new] = said_.try_emplace({day.walker, day.day.number()});
      const Said now{day.steps, day.rank};
      if (!is_new && said->second == now) continue;
      said->second = now;
      news.push_back(bytes_of(day));
    }
    // Days that are over do not come again.
    if (!asked_.wants_ranks()) {
      std::erase_if(said_, [oldest = (utc_today() - kLiveDays).number()](const auto& each) {
        return each.first.second < oldest;
      });
    }
    send(std::move(news));
  });
}

grpc::ByteBuffer StepsStream::bytes_of(const Calls::DayOf& day) {
  std::string bytes;
  if (asked_.wants_ranks()) {
    ::step::RankedStepRecord record;
    record.set_userid(day.walker);
    record.set_date(calls().text_of(day.day));
    record.set_steps(day.steps);
    record.set_rank(day.rank);
    record.SerializeToString(&bytes);
  } else {
    ::step::StepRecord record;
    record.set_date(calls().text_of(day.day));
    record.set_steps(day.steps);
    record.SerializeToString(&bytes);
  }
  const grpc::Slice slice(bytes);
  return {&slice, 1};
}

}  // namespace dontgoback::walk::rpc
