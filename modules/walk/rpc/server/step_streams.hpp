#pragma once

#include <map>

#include "asked_days.hpp"
#include "pushing.hpp"
#include "uploading.hpp"

namespace dontgoback::walk::rpc {

inline constexpr const char* kRecorded = "Steps recorded successfully";

/// StreamSteps: records as they change, as the bytes of the record that is wanted.
class StepsStream final : public Pushing<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  using Pushing::Pushing;

 protected:
  std::optional<grpc::Status> take(const grpc::ByteBuffer& request) override;
  std::string named(const grpc::ByteBuffer& request) const override;
  std::vector<std::string> watched() const override { return asked_.uuids; }
  void ask(const Calls::Caller& caller) override;

 private:
  struct Said {
    std::int32_t steps = 0;
    std::int32_t rank = 0;
    friend bool operator==(const Said&, const Said&) = default;
  };
  grpc::ByteBuffer bytes_of(const Calls::DayOf& day);

  AskedDays asked_;
  std::map<std::pair<std::string, std::int64_t>, Said> said_;  // by walker and day
};

/// StreamUserSteps: one answer when the client has closed its side. So version B is satisfied, which takes any number,
/// and C, which takes one.
class UserStepsStream final : public Uploading<::step::StepInput, ::step::StepResponse> {
 public:
  // One after another: of equal days the latest count stands.
  UserStepsStream(Parts parts, grpc::CallbackServerContext& context) : Uploading(parts, context, 1) {}

 protected:
  Read<std::vector<steps::Update>> read(const ::step::StepInput& input, const Calls::Caller& caller) override {
    return updates_of(input, caller, calls());
  }
  std::optional<::step::StepResponse> acknowledgement(const std::vector<steps::Recorded>&) override {
    return std::nullopt;
  }
  std::string name_of(const ::step::StepInput& input) const override { return input.userid(); }
  std::optional<::step::StepResponse> last() override {
    ::step::StepResponse response;
    response.set_message(kRecorded);
    return response;
  }
};

}  // namespace dontgoback::walk::rpc
