#include "own_listeners.hpp"

namespace dontgoback::app {

OwnListeners::OwnListeners(std::vector<Module::OwnListener> listeners) {
  for (auto& listener : listeners) all_.push_back({std::move(listener), std::make_unique<http::RouteTable>(), {}});
}

void OwnListeners::open(http::Server& server) {
  for (auto& own : all_) own.bound = server.listen(own.listener.address, *own.routes);
}

void OwnListeners::add_routes(Host& host) {
  for (auto& own : all_) own.listener.add_routes(host, *own.routes);
}

std::vector<Module::Listening> OwnListeners::listening() const {
  std::vector<Module::Listening> listening;
  for (const auto& own : all_) listening.push_back({own.listener.name, own.bound});
  return listening;
}

}  // namespace dontgoback::app
