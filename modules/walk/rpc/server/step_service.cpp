#include "step_service.hpp"

#include <grpcpp/support/proto_buffer_reader.h>

#include "asked_days.hpp"
#include "status.hpp"
#include "step_streams.hpp"
#include "updates.hpp"

namespace dontgoback::walk::rpc {
namespace {

std::string first_of(const ::step::GetStepsByUuidsInput& input) {
  return input.userids_size() > 0 ? input.userids(0) : std::string();
}

std::optional<::step::GetStepsByUuidsInput> parse(const grpc::ByteBuffer& from) {
  grpc::ByteBuffer bytes(from);  // reading takes it apart
  grpc::ProtoBufferReader reader(&bytes);
  ::step::GetStepsByUuidsInput input;
  if (!reader.status().ok() || !input.ParseFromZeroCopyStream(&reader)) return std::nullopt;
  return input;
}

}  // namespace

grpc::ServerUnaryReactor* StepService::RecordSteps(grpc::CallbackServerContext* context,
                                                   const ::step::StepInput* request, ::step::StepResponse* response) {
  auto* call = context->DefaultReactor();
  const auto refuse = [call](const grpc::Status& status) { call->Finish(status); };
  const auto record = [this, call, context, request, response](const Calls::Caller& caller) {
    auto updates = updates_of(*request, caller, parts_.calls);
    if (const auto* problem = std::get_if<grpc::Status>(&updates)) return call->Finish(*problem);
    if (context->IsCancelled()) return call->Finish(grpc::Status::CANCELLED);  // or its deadline is over
    parts_.calls.record(caller.walker, std::move(std::get<0>(updates)),
                        [call, response](const Result<std::vector<steps::Recorded>>& recorded) {
                          if (!recorded) return call->Finish(status_of(recorded.failure()));
                          response->set_message(kRecorded);
                          call->Finish(grpc::Status::OK);
                        });
  };
  authenticate(parts_, *context, request->userid(), record, refuse);
  return call;
}

grpc::ServerUnaryReactor* StepService::GetStepsByUser(grpc::CallbackServerContext* context,
                                                      const ::step::GetStepsInput* request,
                                                      ::step::StepsResponse* response) {
  auto* call = context->DefaultReactor();
  const auto refuse = [call](const grpc::Status& status) { call->Finish(status); };
  const auto answer = [this, call, response](const Result<std::vector<Calls::DayOf>>& days) {
    if (!days) return call->Finish(status_of(days.failure()));
    for (const auto& day : *days) {
      auto& record = *response->add_records();
      record.set_date(parts_.calls.text_of(day.day));
      record.set_steps(day.steps);
    }
    call->Finish(grpc::Status::OK);
  };
  authenticate(
      parts_, *context, request->userid(),
      [this, call, request, answer](const Calls::Caller& caller) {
        if (request->userid().empty()) return call->Finish(invalid("userId", "is missing"));
        parts_.calls.days_of(caller.walker, {request->userid()}, {}, answer);
      },
      refuse);
  return call;
}

grpc::ServerUnaryReactor* StepService::GetStepsByUuids(grpc::CallbackServerContext* context,
                                                       const ::step::GetStepsByUuidsInput* request,
                                                       ::step::RankedStepsResponse* response) {
  auto* call = context->DefaultReactor();
  const auto refuse = [call](const grpc::Status& status) { call->Finish(status); };
  const auto answer = [this, call, response](const Result<std::vector<Calls::DayOf>>& days) {
    if (!days) return call->Finish(status_of(days.failure()));
    for (const auto& day : *days) {
      auto& record = *response->add_records();
      record.set_userid(day.walker);
      record.set_date(parts_.calls.text_of(day.day));
      record.set_steps(day.steps);
      record.set_rank(day.rank);
    }
    call->Finish(grpc::Status::OK);
  };
  authenticate(
      parts_, *context, first_of(*request),
      [this, call, request, answer](const Calls::Caller& caller) {
        auto asked = asked_days(*request, parts_.calls);
        if (const auto* problem = std::get_if<grpc::Status>(&asked)) return call->Finish(*problem);
        auto& [uuids, days, has_day] = std::get<0>(asked);
        parts_.calls.days_of(caller.walker, std::move(uuids), days, answer);
      },
      refuse);
  return call;
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* StepService::StreamSteps(grpc::CallbackServerContext* context,
                                                                     const grpc::ByteBuffer* request) {
  const auto input = parse(*request);
  const auto credential = credential_of(parts_, *context, input ? first_of(*input) : "");
  if (!credential) return new Refused<grpc::ByteBuffer>(no_token());
  if (!input)
    return new Refused<grpc::ByteBuffer>(
        {grpc::StatusCode::INVALID_ARGUMENT, "the request is no GetStepsByUuidsInput"});
  auto asked = asked_days(*input, parts_.calls);
  if (const auto* problem = std::get_if<grpc::Status>(&asked)) return new Refused<grpc::ByteBuffer>(*problem);
  auto* stream = new StepsStream(parts_, *context, *credential, std::move(std::get<0>(asked)));
  stream->begin();
  return stream;
}

grpc::ServerBidiReactor<::step::StepInput, ::step::StepResponse>* StepService::StreamUserSteps(
    grpc::CallbackServerContext* context) {
  auto* stream = new UserStepsStream(parts_, *context);
  stream->begin();
  return stream;
}

}  // namespace dontgoback::walk::rpc
