#include <absl/synchronization/mutex.h>
#include <grpc/support/log.h>

#include <atomic>
#include <memory>
#include <string>

#include "grpc_server.hpp"

namespace dontgoback::walk::rpc {
namespace {

std::atomic<Calls*> log_to = nullptr;

// What gRPC complains of: never of what a call holds.
void log_line(gpr_log_func_args* args) {
  auto* calls = log_to.load();
  if (calls != nullptr && args->severity == GPR_LOG_SEVERITY_ERROR) calls->warn(args->message);
}

// gRPC's threads may still say something when the server is gone.
class LoggedServer final : public Server {
 public:
  LoggedServer(const Settings& settings, Calls& calls) : log_(calls), server_(settings, calls) {}
  int port() const override { return server_.port(); }
  void set_serving(bool serving) override { server_.set_serving(serving); }

 private:
  struct Log {
    explicit Log(Calls& calls) {
      log_to = &calls;
      ::gpr_set_log_function(log_line);
    }
    ~Log() { log_to = nullptr; }
  };
  Log log_;
  GrpcServer server_;
};

}  // namespace
}  // namespace dontgoback::walk::rpc

extern "C" __attribute__((visibility("default"))) dontgoback::walk::rpc::Server* dontgoback_grpc_server(
    const dontgoback::walk::rpc::Settings& settings, dontgoback::walk::rpc::Calls& calls, std::string& error) {
  try {
    // Debian's absl is built with its asserts, and looks for deadlocks at each lock, all threads under one lock.
    absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
    return new dontgoback::walk::rpc::LoggedServer(settings, calls);
  } catch (const std::exception& cause) {
    error = cause.what();
    return nullptr;
  }
}
