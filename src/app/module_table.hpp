#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "config/roles.hpp"
#include "dontgoback/module.hpp"

namespace dontgoback::app {

/// The modules of a program, and in which roles each runs. All run in the role `all`.
struct ModuleTable {
  struct Entry {
    std::unique_ptr<Module> (*make)();
    std::vector<std::string_view> roles;
  };
  config::Roles roles;
  std::vector<Entry> modules;  ///< those that offer a port before those that use it
};

template <class M>
std::unique_ptr<Module> make() {
  return std::make_unique<M>();
}

/// That of dontgoback.
const ModuleTable& module_table();

}  // namespace dontgoback::app
