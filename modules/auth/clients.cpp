#include "clients.hpp"

#include <algorithm>
#include <stdexcept>

#include "dontgoback/security/secret_file.hpp"

namespace dontgoback::auth {

namespace {

bool is_client_id(std::string_view id) {
  return !id.empty() && id.size() <= 64 &&
         std::all_of(id.begin(), id.end(), [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace

Clients::Clients(const std::vector<std::string>& options) {
  std::string wrong;
  const auto complain = [&wrong](const std::string& about) {
    wrong += wrong.empty() ? "--auth-client: " : "; ";
    wrong += about;
  };
  for (const auto& option : options) {
    const auto equals = option.find('=');
    const std::string id = option.substr(0, equals);
    if (equals == std::string::npos || equals + 1 == option.size()) {
      complain("'" + option + "' is not ID=FILE");
    } else if (!is_client_id(id)) {
      complain("'" + id + "' is not 1 to 64 printable ASCII characters");
    } else if (const auto digest = security::sha256(id);
               std::any_of(clients_.begin(), clients_.end(), [&](const Client& c) { return c.id == digest; })) {
      complain("'" + id + "' is given twice");
    } else {
      Client client{digest, {}};
      try {
        client.secret = security::sha256(security::read_secret_file(option.substr(equals + 1)));
      } catch (const std::runtime_error& unreadable) {
        complain("'" + id + "': " + unreadable.what());
      }
      clients_.push_back(client);
    }
  }
  if (!wrong.empty()) throw std::invalid_argument(wrong);
}

std::optional<std::string> Clients::scopes_of(std::string_view id, std::string_view secret) const {
  const auto id_digest = security::sha256(id);
  const auto secret_digest = security::sha256(secret);
  unsigned good = 0;
  for (const auto& client : clients_) {
    // Not `&&`: the secret is compared whether the id is known or not.
    const unsigned same_id = security::equal_constant_time(security::bytes(client.id), security::bytes(id_digest));
    const unsigned same_secret =
        security::equal_constant_time(security::bytes(client.secret), security::bytes(secret_digest));
    good |= same_id & same_secret;
  }
  if (good == 0) return std::nullopt;
  return std::string(kAllScopes);
}

}  // namespace dontgoback::auth
