#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/security/hash.hpp"

namespace dontgoback::auth {

/// Who may ask for tokens, as configuration says: `--auth-client ID=FILE`. Immutable; any thread.
class Clients {
 public:
  /// Reads each secret from its file. Throws std::invalid_argument naming everything that is wrong: no `=`, an id that
  /// is not 1 to 64 printable ASCII characters, an id given twice, a file that is no secret file.
  explicit Clients(const std::vector<std::string>& options);

  /// The client's scopes, separated by spaces; nothing when there is no such client or its secret is another. Takes the
  /// same time for both.
  std::optional<std::string> scopes_of(std::string_view id, std::string_view secret) const;

 private:
  struct Client {
    security::Digest id;
    security::Digest secret;
  };
  std::vector<Client> clients_;
};

/// What clients from configuration may do.
inline constexpr std::string_view kAllScopes = "asset:update job:run";

}  // namespace dontgoback::auth
