#include "step_service.hpp"

#include "answering.hpp"
#include "asked_days.hpp"
#include "status.hpp"
#include "step.pb.h"
#include "step_streams.hpp"
#include "updates.hpp"

namespace dontgoback::walk::rpc {
namespace {

template <class Asked, class Answer>
class StepCall : public Answering<Asked, Answer> {
 public:
  StepCall(const Parts& parts, grpc::CallbackServerContext& context)
      : Answering<Asked, Answer>(parts, callers_of(parts, context), context) {}
};

class RecordSteps final : public StepCall<::step::StepInput, ::step::StepResponse> {
 public:
  using StepCall::StepCall;

 protected:
  std::string named(const ::step::StepInput& input) const override { return input.userid(); }
  void answer(const ::step::StepInput& input, const Calls::Caller& caller) override {
    auto updates = updates_of(input, caller, calls());
    if (const auto* problem = std::get_if<grpc::Status>(&updates)) return stop(*problem);
    if (is_cancelled()) return stop(grpc::Status::CANCELLED);
    calls().record(caller.walker, std::move(std::get<0>(updates)),
                   [this](const Result<std::vector<steps::Recorded>>& recorded) {
                     if (!recorded) return stop(status_of(recorded.failure()));
                     ::step::StepResponse response;
                     response.set_message(kRecorded);
                     reply(std::move(response));
                   });
  }
};

class GetStepsByUser final : public StepCall<::step::GetStepsInput, ::step::StepsResponse> {
 public:
  using StepCall::StepCall;

 protected:
  std::string named(const ::step::GetStepsInput& input) const override { return input.userid(); }
  void answer(const ::step::GetStepsInput& input, const Calls::Caller& caller) override {
    if (input.userid().empty()) return stop(invalid("userId", "is missing"));
    calls().days_of(caller.walker, {input.userid()}, {}, [this](const Result<std::vector<Calls::DayOf>>& days) {
      if (!days) return stop(status_of(days.failure()));
      ::step::StepsResponse response;
      for (const auto& day : *days) {
        auto& record = *response.add_records();
        record.set_date(calls().text_of(day.day));
        record.set_steps(day.steps);
      }
      reply(std::move(response));
    });
  }
};

class GetStepsByUuids final : public StepCall<::step::GetStepsByUuidsInput, ::step::RankedStepsResponse> {
 public:
  using StepCall::StepCall;

 protected:
  std::string named(const ::step::GetStepsByUuidsInput& input) const override { return first_of(input); }
  void answer(const ::step::GetStepsByUuidsInput& input, const Calls::Caller& caller) override {
    auto asked = asked_days(input, calls());
    if (const auto* problem = std::get_if<grpc::Status>(&asked)) return stop(*problem);
    auto& [uuids, days, has_day] = std::get<0>(asked);
    calls().days_of(caller.walker, std::move(uuids), days, [this](const Result<std::vector<Calls::DayOf>>& found) {
      if (!found) return stop(status_of(found.failure()));
      ::step::RankedStepsResponse response;
      for (const auto& day : *found) {
        auto& record = *response.add_records();
        record.set_userid(day.walker);
        record.set_date(calls().text_of(day.day));
        record.set_steps(day.steps);
        record.set_rank(day.rank);
      }
      reply(std::move(response));
    });
  }
};

}  // namespace

StepService::StepService(const Parts& parts) {
  add<RecordSteps>("/step.StepService/RecordSteps", parts);
  add<GetStepsByUser>("/step.StepService/GetStepsByUser", parts);
  add<GetStepsByUuids>("/step.StepService/GetStepsByUuids", parts);
  add<StepsStream>("/step.StepService/StreamSteps", parts);
  add<UserStepsStream>("/step.StepService/StreamUserSteps", parts);
}

}  // namespace dontgoback::walk::rpc
