#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock.hpp"

// The codes by which nodes join, and the nodes that have.
namespace dontgoback::auth {

struct StoredCode {
  std::string digest;  ///< base64url of SHA-256
  std::string role;
  std::string client_id;
  time::Timestamp ends_at{};
  std::optional<std::string> used_for;  ///< the digest of the node's secret
};

struct JoinedNode {
  std::string client_id;
  std::string role;
  std::string url;
  time::Timestamp told_at{};
};

std::vector<StoredCode> all_codes(storage::Connection& connection);
std::optional<StoredCode> find_code(storage::Connection& connection, std::string_view digest);
void add_code(storage::Connection& connection, const StoredCode& code);
void use_code(storage::Connection& connection, std::string_view digest, std::string_view used_for);
void remove_code(storage::Connection& connection, std::string_view digest);

std::vector<JoinedNode> all_nodes(storage::Connection& connection);
/// In the place of what was known of the client.
void put_node(storage::Connection& connection, const JoinedNode& node);

}  // namespace dontgoback::auth
