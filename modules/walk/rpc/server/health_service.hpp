#pragma once

#include <map>
#include <set>
#include <string>

#include "call.hpp"
#include "health.pb.h"
#include "methods.hpp"

namespace dontgoback::walk::rpc {

/// What gRPC's health service says of each service. Any thread.
class Healths {
 public:
  using Status = ::grpc::health::v1::HealthCheckResponse::ServingStatus;

  /// Is told of a service, at once and whenever it has changed. It must not call back.
  class Watcher {
   public:
    virtual ~Watcher() = default;
    virtual void told(Status status) = 0;
  };

  void set(const std::string& service, bool serving);
  /// SERVICE_UNKNOWN of those that there are not.
  Status of(const std::string& service) const;
  void watch(const std::string& service, Watcher& watcher);
  void forget(Watcher& watcher);

 private:
  Status status_of(const std::string& service) const;

  mutable std::mutex mutex_;
  std::map<std::string, bool> serving_;
  std::map<Watcher*, std::string> watchers_;
};

/// gRPC's health checking protocol. Its makers' own service reads whole messages of whoever sends them; this one reads
/// so many at a time.
class HealthService final : public Methods {
 public:
  /// `healths` outlives it. `watches`: streams of Watch, of which anybody may open some.
  HealthService(const Parts& parts, Healths& healths, Shares& watches);
};

}  // namespace dontgoback::walk::rpc
