#include "clients/configured.hpp"

#include <stdexcept>

#include "dontgoback/security/secret_file.hpp"

namespace dontgoback::auth {
namespace {

enum class Secrets { read, leave };

class Reader {
 public:
  explicit Reader(Secrets secrets) : secrets_(secrets) {}

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
      if (secrets_ == Secrets::read) read_secret(client, option.substr(equals + 1));
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
  void read_secret(Client& client, const std::string& file) {
    try {
      Secret secret;
      secret.digest = security::sha256(security::read_secret_file(file));
      client.secrets.push_back(secret);
    } catch (const std::runtime_error& unreadable) {
      complain("--auth-client: '" + client.id + "': " + unreadable.what());
    }
  }
  Client* find(std::string_view id) {
    const auto found = std::find_if(clients_.begin(), clients_.end(), [id](const Client& c) { return c.id == id; });
    return found == clients_.end() ? nullptr : &*found;
  }
  void complain(const std::string& about) { wrong_ += (wrong_.empty() ? "" : "; ") + about; }

  const Secrets secrets_;
  std::vector<Client> clients_;
  std::string wrong_;
};

std::vector<Client> read(const std::vector<std::string>& clients, const std::vector<std::string>& scopes,
                         Secrets secrets) {
  Reader reader(secrets);
  for (const auto& option : clients) reader.add(option);
  for (const auto& option : scopes) reader.restrict(option);
  return reader.result();
}

}  // namespace

std::vector<Client> configured_clients(const std::vector<std::string>& clients,
                                       const std::vector<std::string>& scopes) {
  return read(clients, scopes, Secrets::read);
}

std::vector<Client> named_clients(const std::vector<std::string>& clients, const std::vector<std::string>& scopes) {
  return read(clients, scopes, Secrets::leave);
}

}  // namespace dontgoback::auth
