#pragma once

#include <filesystem>
#include <string>

#include "dontgoback/setup.hpp"

// A node's half of joining: what setup does on a machine that does not run the auth server.
namespace dontgoback::auth {

/// This node at its auth server.
struct OwnClient {
  std::string auth_url;
  std::string client_id;
  std::filesystem::path secret_file;
};

/// Makes the node's secret in the data directory, unless it is there, and has the auth server that the code names take
/// it. Where that cannot be reached, the settings are there all the same and what is left is said. Throws
/// std::invalid_argument for a code that is none, or of another role.
setup::Joined join_by_code(const setup::Joining& joining);
/// Tells the auth server where this node is, and learns where the others are.
setup::Joined look_for_others(const setup::Joining& joining, const OwnClient& own);
/// Makes another secret, has the auth server take it beside the present one, and puts it in that one's place.
setup::Joined change_secret(const setup::Joining& joining, const OwnClient& own);

}  // namespace dontgoback::auth
