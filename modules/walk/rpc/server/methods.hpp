#pragma once

#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/impl/rpc_service_method.h>
#include <grpcpp/impl/service_type.h>
#include <grpcpp/support/server_callback.h>

#include <functional>
#include <utility>

#include "told_here.hpp"

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
    AddMethod(new grpc::internal::RpcServiceMethod(path, grpc::internal::RpcMethod::BIDI_STREAMING, nullptr));
    MarkMethodCallback(count_++, new Handler<typename Reactor::Request, typename Reactor::Response>(
                                     [arguments...](grpc::CallbackServerContext* context) {
                                       auto* reactor = new Reactor(arguments..., *context);
                                       reactor->begin();
                                       return reactor;
                                     }));
  }

 private:
  // What a call asks for as it begins is mostly there.
  template <class Request, class Response>
  class Handler final : public grpc::internal::MethodHandler {
   public:
    using Make = std::function<grpc::ServerBidiReactor<Request, Response>*(grpc::CallbackServerContext*)>;
    explicit Handler(Make make) : inner_(std::move(make)) {}
    void RunHandler(const HandlerParameter& call) override {
      ToldHere::of(call.call->cq()->cq());
      const ToldHere here;
      inner_.RunHandler(call);
    }

   private:
    grpc::internal::CallbackBidiHandler<Request, Response> inner_;
  };

  int count_ = 0;
};

}  // namespace dontgoback::walk::rpc
