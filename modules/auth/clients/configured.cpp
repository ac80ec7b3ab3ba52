#include "clients/configured.hpp"

#include <stdexcept>

#include "dontgoback/security/secret_file.hpp"

namespace dontgoback::auth {
namespace {

class Reader {
 public:
  void add(const std::string& option) {
    const auto equals = option.find('=');
    const std::string id = option.substr(0, equals);
    if (equals == std::string::npos || equals + 1 == option.size()) {
      complain("--auth-client: '" + option + "' is not ID=FILE");
    } else if (!is_client_id(id)) {
      complain("--auth-client: '" + id + "' is not 1 to 64 printable ASCII characters");
    } else if (find(id) != nullptr) {
      complain("--auth-client: '" + id + "' is given twice");
    } else {
      Client client;
      client.id = client.name = id;
      client.configured = true;
      client.scopes = {std::string(kUpdateAssets), std::string(kRunJobs), std::string(kIntrospect)};
      try {
        Secret secret;
        secret.digest = security::sha256(security::read_secret_file(option.substr(equals + 1)));
        client.secrets.push_back(secret);
      } catch (const std::runtime_error& unreadable) {
        complain("--auth-client: '" + id + "': " + unreadable.what());
      }
      clients_.push_back(std::move(client));
    }
  }

  void restrict(const std::string& option) {
    const auto equals = option.find('=');
    auto* const client = find(option.substr(0, equals));
    const auto scopes = equals == std::string::npos ? std::vector<std::string>{} : words_of(option.substr(equals + 1));
    if (equals == std::string::npos || !std::all_of(scopes.begin(), scopes.end(), is_scope)) {
      complain("--auth-client-scope: '" + option + "' is not ID=SCOPES, the scopes parted by spaces");
    } else if (client == nullptr) {
      complain("--auth-client-scope: '" + option.substr(0, equals) + "' is no --auth-client");
    } else {
      client->scopes = scopes;
    }
  }

  std::vector<Client> result() {
    if (!wrong_.empty()) throw std::invalid_argument(wrong_);
    return std::move(clients_);
  }

 private:
  Client* find(std::string_view id) {
    const auto found = std::find_if(clients_.begin(), clients_.end(), [id](const Client& c) { return c.id == id; });
    return found == clients_.end() ? nullptr : &*found;
  }
  void complain(const std::string& about) { wrong_ += (wrong_.empty() ? "" : "; ") + about; }

  std::vector<Client> clients_;
  std::string wrong_;
};

}  // namespace

std::vector<Client> configured_clients(const std::vector<std::string>& clients,
                                       const std::vector<std::string>& scopes) {
  Reader reader;
  for (const auto& option : clients) reader.add(option);
  for (const auto& option : scopes) reader.restrict(option);
  return reader.result();
}

}  // namespace dontgoback::auth
