#include "clients/configured.hpp"

#include <stdexcept>

#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/files/secret_file.hpp"

namespace dontgoback::auth {
namespace {

class Reader {
 public:
  explicit Reader(Secrets secrets) : secrets_(secrets) {}

  void add(const std::string& option) {
    const auto equals = option.find('=');
    const std::string id = option.substr(0, equals);
    if (equals == std::string::npos || equals + 1 == option.size()) {
      complain("--auth-client", "'" + option + "' is not ID=FILE");
    } else if (!is_client_id(id)) {
      complain("--auth-client", "'" + id + "' is not 1 to 64 printable ASCII characters");
    } else if (find(id) != nullptr) {
      complain("--auth-client", "'" + id + "' is given twice");
    } else {
      Client client;
      client.id = client.name = id;
      client.configured = true;
      client.scopes.assign(kOwnScopes.begin(), kOwnScopes.end());
      if (secrets_ == Secrets::read) read_secret(client, option.substr(equals + 1));
      result.clients.push_back(std::move(client));
    }
  }

  void restrict(const std::string& option) {
    const auto equals = option.find('=');
    auto* const client = find(option.substr(0, equals));
    const auto scopes = equals == std::string::npos ? std::vector<std::string>{} : scopes_of(option.substr(equals + 1));
    if (equals == std::string::npos || !std::all_of(scopes.begin(), scopes.end(), is_scope)) {
      complain("--auth-client-scope", "'" + option + "' is not ID=SCOPES, the scopes parted by spaces");
    } else if (client == nullptr) {
      complain("--auth-client-scope", "'" + option.substr(0, equals) + "' is no --auth-client");
    } else {
      for (const auto& scope : scopes) {
        if (!is_own_scope(scope)) result.foreign_scopes.push_back("'" + scope + "' of " + client->id);
      }
      client->scopes = scopes;
    }
  }

  ConfiguredClients result;

 private:
  void read_secret(Client& client, const std::string& file) {
    try {
      Secret secret;
      secret.digest = security::sha256(security::read_secret_line(file));
      client.secrets.push_back(secret);
    } catch (const std::runtime_error& unreadable) {
      complain("--auth-client", "'" + client.id + "': " + unreadable.what());
    }
  }
  Client* find(std::string_view id) {
    auto& clients = result.clients;
    const auto found = std::find_if(clients.begin(), clients.end(), [id](const Client& c) { return c.id == id; });
    return found == clients.end() ? nullptr : &*found;
  }
  void complain(std::string_view option, std::string what) { result.problems.push_back({option, std::move(what)}); }

  const Secrets secrets_;
};

}  // namespace

ConfiguredClients read_configured(const std::vector<std::string>& clients, const std::vector<std::string>& scopes,
                                  Secrets secrets) {
  Reader reader(secrets);
  for (const auto& option : clients) reader.add(option);
  for (const auto& option : scopes) reader.restrict(option);
  return std::move(reader.result);
}

std::vector<Client> configured_clients(const std::vector<std::string>& clients,
                                       const std::vector<std::string>& scopes) {
  auto read = read_configured(clients, scopes, Secrets::read);
  std::string wrong;
  for (const auto& [option, what] : read.problems) {
    wrong.append(wrong.empty() ? "" : "; ").append(option).append(": ").append(what);
  }
  if (!wrong.empty()) throw std::invalid_argument(wrong);
  return std::move(read.clients);
}

std::vector<Client> named_clients(const std::vector<std::string>& clients, const std::vector<std::string>& scopes) {
  return std::move(read_configured(clients, scopes, Secrets::skip).clients);
}

}  // namespace dontgoback::auth
