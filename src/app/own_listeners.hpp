#pragma once

#include <memory>
#include <string>
#include <vector>

#include "dontgoback/module.hpp"
#include "http/server/route_table.hpp"
#include "http/server/server.hpp"

namespace dontgoback::app {

/// Addresses of modules' own, each with routes of its own. Outlives the server.
class OwnListeners {
 public:
  explicit OwnListeners(std::vector<Module::OwnListener> listeners);

  /// Takes the addresses, before anything is started. Throws as the server's constructor does.
  void open(http::Server& server);
  /// After the modules have started, before the server runs.
  void add_routes(Host& host);
  /// Names and addresses as bound.
  std::vector<Module::Listening> listening() const;

 private:
  struct Own {
    Module::OwnListener listener;
    std::unique_ptr<http::RouteTable> routes;
    std::string bound;
  };
  std::vector<Own> all_;
};

}  // namespace dontgoback::app
