#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "clients/client.hpp"

namespace dontgoback::auth {

/// What the options say, and all that is wrong with it.
struct ConfiguredClients {
  struct Problem {
    std::string_view option;  ///< `--auth-client`
    std::string what;
  };
  std::vector<Client> clients;
  std::vector<Problem> problems;
  /// Scopes that nodes of this program ask for nowhere: of somebody else's service, or mistyped.
  std::vector<std::string> foreign_scopes;
};

enum class Secrets { read, skip };

/// The same as below without throwing. With Secrets::skip the clients have none, and no file is looked at.
ConfiguredClients read_configured(const std::vector<std::string>& clients, const std::vector<std::string>& scopes,
                                  Secrets secrets);

/// The clients that configuration gives: `--auth-client ID=FILE`, each with every scope of this program unless
/// `--auth-client-scope "ID=SCOPE SCOPE"` says which. Reads each secret from its file. Throws std::invalid_argument
/// naming everything that is wrong: no `=`, an id that is not 1 to 64 printable ASCII characters, an id given twice, a
/// file that is no secret file, scopes of an unknown client or malformed ones.
std::vector<Client> configured_clients(const std::vector<std::string>& clients, const std::vector<std::string>& scopes);
/// The same without their secrets, whose files are not touched: for commands, which only name these clients.
std::vector<Client> named_clients(const std::vector<std::string>& clients, const std::vector<std::string>& scopes);

}  // namespace dontgoback::auth
