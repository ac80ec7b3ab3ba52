#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/result.hpp"

namespace dontgoback::ports {

/// Somebody as an issuer of ID tokens knows them.
struct Identity {
  std::string issuer;   ///< the one spelling that configuration has
  std::string subject;  ///< 1 to 255 characters, ASCII
  friend bool operator==(const Identity&, const Identity&) = default;
};

/// Who has an account, for modules that are to know no account: a *person* is told apart by a name that is made for
/// this alone, 43 characters of base64url that say nothing and stand nowhere else. Offered by the core module: in
/// process, or asked of a core node. Blocks; never on an I/O thread, never inside a database transaction. Any thread.
/// unavailable when core cannot be asked.
class People {
 public:
  virtual ~People() = default;

  /// Whose way in the identity is; nothing: no member's.
  virtual Result<std::optional<std::string>> of_identity(const Identity& identity) = 0;

  struct Redeemed {
    std::optional<std::string> person;   ///< nothing: no member
    std::vector<Identity> identities;    ///< by which the person signs in
    std::optional<Identity> arrived_by;  ///< who came from a provider is proven by this; nothing: a member's own ticket
  };
  /// Who was given the ticket, a member or somebody whom a provider has proven: good once and for a minute.
  /// unauthenticated for one that is not good.
  virtual Result<Redeemed> redeem(std::string_view ticket) = 0;
};

}  // namespace dontgoback::ports
