#pragma once

#include "call.hpp"
#include "step.grpc.pb.h"

namespace dontgoback::walk::rpc {

using StepServiceMethods =
    ::step::StepService::WithCallbackMethod_RecordSteps<::step::StepService::WithCallbackMethod_GetStepsByUser<
        ::step::StepService::WithCallbackMethod_GetStepsByUuids<::step::StepService::WithRawCallbackMethod_StreamSteps<
            ::step::StepService::WithCallbackMethod_StreamUserSteps<::step::StepService::Service>>>>>;

/// The first release's service, of all three versions that were published (step.proto).
class StepService final : public StepServiceMethods {
 public:
  explicit StepService(Parts parts) : parts_(parts) {}

  grpc::ServerUnaryReactor* RecordSteps(grpc::CallbackServerContext* context, const ::step::StepInput* request,
                                        ::step::StepResponse* response) override;
  grpc::ServerUnaryReactor* GetStepsByUser(grpc::CallbackServerContext* context, const ::step::GetStepsInput* request,
                                           ::step::StepsResponse* response) override;
  grpc::ServerUnaryReactor* GetStepsByUuids(grpc::CallbackServerContext* context,
                                            const ::step::GetStepsByUuidsInput* request,
                                            ::step::RankedStepsResponse* response) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* StreamSteps(grpc::CallbackServerContext* context,
                                                          const grpc::ByteBuffer* request) override;
  grpc::ServerBidiReactor<::step::StepInput, ::step::StepResponse>* StreamUserSteps(
      grpc::CallbackServerContext* context) override;

 private:
  const Parts parts_;
};

}  // namespace dontgoback::walk::rpc
