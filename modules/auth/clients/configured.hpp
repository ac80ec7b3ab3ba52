#pragma once

#include <string>
#include <vector>

#include "clients/client.hpp"

namespace dontgoback::auth {

/// The clients that configuration gives: `--auth-client ID=FILE`, each with every scope of this program unless
/// `--auth-client-scope "ID=SCOPE SCOPE"` says which. Reads each secret from its file. Throws std::invalid_argument
/// naming everything that is wrong: no `=`, an id that is not 1 to 64 printable ASCII characters, an id given twice, a
/// file that is no secret file, scopes of an unknown client or malformed ones.
std::vector<Client> configured_clients(const std::vector<std::string>& clients, const std::vector<std::string>& scopes);
/// The same without their secrets, whose files are not touched: for commands, which only name these clients.
std::vector<Client> named_clients(const std::vector<std::string>& clients, const std::vector<std::string>& scopes);

}  // namespace dontgoback::auth
