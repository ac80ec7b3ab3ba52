#pragma once

#include "call.hpp"
#include "walk_v1.grpc.pb.h"

namespace dontgoback::walk::rpc {

/// walk.v1 (walk_v1.proto).
class WalkService final : public ::walk::v1::WalkService::CallbackService {
 public:
  explicit WalkService(Parts parts) : parts_(parts) {}

  grpc::ServerBidiReactor<::walk::v1::RecordRequest, ::walk::v1::Acknowledgement>* Record(
      grpc::CallbackServerContext* context) override;
  grpc::ServerWriteReactor<::walk::v1::Board>* WatchBoard(grpc::CallbackServerContext* context,
                                                          const ::walk::v1::WatchBoardRequest* request) override;
  grpc::ServerUnaryReactor* GetDays(grpc::CallbackServerContext* context, const ::walk::v1::GetDaysRequest* request,
                                    ::walk::v1::GetDaysResponse* response) override;

 private:
  const Parts parts_;
};

}  // namespace dontgoback::walk::rpc
