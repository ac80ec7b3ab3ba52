#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace dontgoback::config {

/// The node's own settings, after defaults were filled in: what modules may need of the command line.
struct Node {
  std::string role = "all";
  std::vector<std::string> modules;  ///< that run here: the role's, or those of `--modules` among them
  std::filesystem::path data_dir = "./var";
  std::string public_url;  ///< what browsers see, without a trailing slash
  bool public_url_is_https = false;
  std::vector<std::string> web_origins;  ///< allowed origins of browsers; at least the public URL's
  std::string own_url;   ///< http:// and the listen address: what other nodes reach when nothing else is said
  std::string auth_url;  ///< empty: the role runs here, or is not configured
  std::string issuer;  ///< `--issuer`, or empty
  std::string client_id;
  std::string client_secret_file;
  bool accept_legacy_issuer = false;
  std::int64_t clock_leeway = 60;       ///< seconds that the clocks of other machines may be off
  std::int64_t deny_list_interval = 5;  ///< seconds between looks at the auth node's deny-list
  std::int64_t deny_list_max_age = 0;   ///< seconds; 0: the last known list serves however old

  /// Whether the module runs here; one that does not may run on another node.
  bool runs(std::string_view module) const {
    return std::find(modules.begin(), modules.end(), module) != modules.end();
  }
};

}  // namespace dontgoback::config
