#pragma once

#include <filesystem>
#include <memory>

#include "rpc.hpp"

namespace dontgoback::walk::rpc {

/// Where the shared object lies: beside the program, or in lib/dontgoback/ beside its folder. Empty: nowhere.
std::filesystem::path find_shared_object();

/// Loads it, for good, and makes its server. Throws std::invalid_argument that names the option when it cannot
/// serve.
std::unique_ptr<Server> load_server(const std::filesystem::path& shared_object, const Settings& settings, Calls& calls);

}  // namespace dontgoback::walk::rpc
