#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "dontgoback/config/checks.hpp"
#include "dontgoback/config/options.hpp"
#include "module_calls.hpp"
#include "rpc.hpp"

namespace dontgoback::walk::rpc {

/// Where and how gRPC is served: nowhere unless an address is given.
class Options {
 public:
  void declare(config::Options& options);
  void check(config::Checks& checks, std::string_view module) const;
  /// Of a node that serves gRPC: whether it can with the certificate and its key.
  void check_files(config::Checks& checks) const;

  bool is_on() const { return !settings_.listen.empty(); }
  std::int64_t max_connections() const { return max_connections_; }
  Settings settings() const;
  /// The same, with the same certificate, at another address, which another option gave, and for callers by name.
  Settings settings_by_name(const std::string& option, const std::string& listen) const;

 private:
  Settings settings_;
  std::int64_t max_connections_ = 1000;
};

/// The server and what it asks. Ends in order.
class Serving {
 public:
  /// Throws std::invalid_argument, naming the option, when it cannot serve.
  Serving(Settings settings, ModuleCalls::Needs needs);

  std::string address() const;
  /// Tells gRPC's health service whether the database is there; a line for the log.
  std::string look(storage::Database& database);

 private:
  const Settings settings_;
  ModuleCalls calls_;
  std::unique_ptr<Server> server_;
};

}  // namespace dontgoback::walk::rpc
