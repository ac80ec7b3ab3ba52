#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "dontgoback/module.hpp"
#include "dontgoback/ports/push_devices.hpp"
#include "vapid.hpp"

namespace dontgoback::push {

/// How a command gets at what the options say, and at what the module found.
struct Wiring {
  std::function<Vapid(const config::Node&)> vapid;
  std::function<std::filesystem::path(const config::Node&)> key_file;
  std::function<std::shared_ptr<ports::PushDevices>()> subscriptions;
};

/// `push keys`, `push queue`, `push test`.
std::vector<Command> commands(const Wiring& wiring);

}  // namespace dontgoback::push
