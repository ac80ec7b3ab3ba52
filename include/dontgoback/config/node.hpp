#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace dontgoback::config {

/// The node's own settings, after defaults were filled in: what modules may need of the command line.
struct Node {
  std::string role = "all";
  std::filesystem::path data_dir = "./var";
  std::string public_url;   ///< what browsers see, without a trailing slash
  bool public_url_is_https = false;
  std::vector<std::string> web_origins;  ///< allowed origins of browsers; at least the public URL's
  std::string own_url;      ///< http:// and the listen address: what other nodes reach when nothing else is said
  std::string auth_url;     ///< empty: the role runs here, or is not configured
  std::string core_url;
  std::string extension_url;
  std::string issuer;       ///< `--issuer`, or empty
  std::string client_id;
  std::string client_secret_file;
  bool accept_legacy_issuer = false;
};

}  // namespace dontgoback::config
