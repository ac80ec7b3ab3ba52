#pragma once

#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/impl/rpc_service_method.h>
#include <grpcpp/impl/service_type.h>
#include <grpcpp/support/server_callback.h>

namespace dontgoback::walk::rpc {

/// A service whose methods all are streams each way to gRPC, whatever they are to clients, who see no difference: of
/// any other kind gRPC reads the whole message before it tells anybody of the call. Here nothing is read until somebody
/// asks for it.
class Methods : public grpc::Service {
 protected:
  /// `path`: `/package.Service/Method`, which outlives the service. Each call is a `Reactor`, made of `arguments` and
  /// its context, which then begins.
  template <class Reactor, class... Arguments>
  void add(const char* path, const Arguments&... arguments) {
    using Handler = grpc::internal::CallbackBidiHandler<typename Reactor::Request, typename Reactor::Response>;
    AddMethod(new grpc::internal::RpcServiceMethod(path, grpc::internal::RpcMethod::BIDI_STREAMING, nullptr));
    MarkMethodCallback(count_++, new Handler([arguments...](grpc::CallbackServerContext* context) {
                         auto* reactor = new Reactor(arguments..., *context);
                         reactor->begin();
                         return reactor;
                       }));
  }

 private:
  int count_ = 0;
};

}  // namespace dontgoback::walk::rpc
