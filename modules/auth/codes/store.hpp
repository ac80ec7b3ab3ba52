#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock.hpp"

// The codes by which nodes join.
namespace dontgoback::auth {

struct StoredCode {
  /// What it makes of who shows it. The first two a client that is not there yet; of those that a setup prints, the
  /// next setup takes back what was not used.
  enum class Kind { of_setup, of_operator, of_known_client };

  std::string digest;  ///< base64url of SHA-256
  std::string role;
  std::string client_id;
  Kind kind = Kind::of_operator;
  time::Timestamp ends_at{};
  std::optional<std::string> used_for;  ///< the digest of the node's secret

  bool is_open(time::Timestamp now) const { return !used_for && ends_at >= now; }
};

std::vector<StoredCode> all_codes(storage::Connection& connection);
std::optional<StoredCode> find_code(storage::Connection& connection, std::string_view digest);
void add_code(storage::Connection& connection, const StoredCode& code);
void use_code(storage::Connection& connection, std::string_view digest, std::string_view used_for);
void remove_code(storage::Connection& connection, std::string_view digest);
/// Used ones, too.
void remove_codes_of(storage::Connection& connection, std::string_view client_id);

}  // namespace dontgoback::auth
