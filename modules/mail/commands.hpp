#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "dontgoback/module.hpp"
#include "sender.hpp"
#include "way.hpp"

namespace dontgoback::mail {

/// How a command gets at what the options say.
struct Wiring {
  std::function<Sender(const config::Node&)> sender;
  std::function<std::unique_ptr<Way>(const Host&)> way;
};

/// `mail test`, `mail queue`.
std::vector<Command> commands(const Wiring& wiring);

}  // namespace dontgoback::mail
