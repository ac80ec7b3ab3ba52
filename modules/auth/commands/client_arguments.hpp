#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "clients/client.hpp"
#include "dontgoback/config/options.hpp"

namespace dontgoback::auth {

/// What the command line gave to a command about clients.
struct ClientArguments {
  std::string id;
  std::string name;
  std::vector<std::string> scopes;
  std::vector<std::string> other_scopes;  ///< of others' services
  std::vector<std::string> audiences;
  std::string jwks_file;
  bool no_scopes = false;     ///< of a change: takes all it has
  bool no_audiences = false;  ///< the same
  bool dpop = false;
  std::optional<bool> change_dpop;  ///< nothing: as it was
  bool finish = false;
  bool replace = false;
  bool force = false;
};

void declare_id(config::Options& options, ClientArguments& given);
void declare_add(config::Options& options, ClientArguments& given);
void declare_change(config::Options& options, ClientArguments& given);

/// Fills in what was given, of a client of that issuer; `notes` gets what whoever gave it should know. Throws
/// std::invalid_argument naming everything that is wrong with it.
void apply(const ClientArguments& given, const std::string& issuer, Client& client, std::ostream& notes);

}  // namespace dontgoback::auth
