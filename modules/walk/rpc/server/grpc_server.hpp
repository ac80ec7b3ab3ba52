#pragma once

#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <memory>

#include "certificate_credentials.hpp"
#include "health_service.hpp"
#include "listener.hpp"
#include "shares.hpp"
#include "step_service.hpp"
#include "streams.hpp"
#include "walk_service.hpp"

namespace dontgoback::walk::rpc {

/// Serves both services, gRPC's health checking protocol and its reflection.
class GrpcServer final : public Server {
 public:
  /// Throws std::runtime_error that says why it cannot serve.
  GrpcServer(const Settings& settings, Calls& calls);
  /// Takes no more connections, ends streams, waits a little for what is under way, and cuts off the rest.
  ~GrpcServer() override;

  int port() const override { return listener_.port(); }
  void set_serving(bool serving) override;

 private:
  Parts parts(Calls& calls);
  void take(int socket);
  void look();

  const Settings::Callers callers_;
  const std::shared_ptr<CertificateCredentials> certificate_;  // null: plain
  Listener listener_;
  Streams streams_;
  Shares messages_;
  Shares strangers_;
  Shares uploads_;
  Shares watches_;
  Healths healths_;
  StepService step_service_;
  WalkService walk_service_;
  HealthService health_service_;
  std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace dontgoback::walk::rpc
