#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/config/network_name.hpp"

namespace dontgoback::config {

/// The node's own settings, after defaults were filled in: what modules may need of the command line.
struct Node {
  std::string role = "all";
  std::vector<std::string> modules;  ///< that run here: the role's, or those of `--modules` among them
  std::filesystem::path data_dir = "./var";
  std::string public_url;  ///< what browsers see, without a trailing slash
  bool public_url_is_https = false;
  std::vector<std::string> web_origins;  ///< allowed origins of browsers; at least the public URL's
  std::string own_url;  ///< http(s):// and the listen address: what other nodes reach when nothing else is said
  NetworkName network;
  bool nodes_hear_one_another = false;  ///< what shared::State is told is heard on other nodes: there is a Redis
  bool has_any_address = false;         ///< it listens at every address of the machine, of which `own_url` is one

  /// Whether the module runs here; one that does not may run on another node.
  bool runs(std::string_view module) const {
    return std::find(modules.begin(), modules.end(), module) != modules.end();
  }
};

}  // namespace dontgoback::config
