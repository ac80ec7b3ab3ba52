#include "nodes/store.hpp"

namespace dontgoback::auth {

std::vector<StoredCode> all_codes(storage::Connection& connection) {
  std::vector<StoredCode> codes;
  connection.each(
      "SELECT digest, role, client_id, ends_at, used_for FROM auth_join_codes", storage::args(),
      [&codes](std::string digest, std::string role, std::string client_id, time::Timestamp ends_at,
               std::optional<std::string> used_for) {
        codes.push_back({std::move(digest), std::move(role), std::move(client_id), ends_at, std::move(used_for)});
      });
  return codes;
}

std::optional<StoredCode> find_code(storage::Connection& connection, std::string_view digest) {
  std::optional<StoredCode> code;
  connection.each(
      "SELECT role, client_id, ends_at, used_for FROM auth_join_codes WHERE digest = :digest", storage::args(digest),
      [&](std::string role, std::string client_id, time::Timestamp ends_at, std::optional<std::string> used_for) {
        code = {std::string(digest), std::move(role), std::move(client_id), ends_at, std::move(used_for)};
      });
  return code;
}

void add_code(storage::Connection& connection, const StoredCode& code) {
  connection.execute(
      "INSERT INTO auth_join_codes (digest, role, client_id, ends_at) VALUES (:digest, :role, :client_id, :ends_at)",
      code.digest, code.role, code.client_id, code.ends_at);
}

void use_code(storage::Connection& connection, std::string_view digest, std::string_view used_for) {
  connection.execute("UPDATE auth_join_codes SET used_for = :used_for WHERE digest = :digest", used_for, digest);
}

void remove_code(storage::Connection& connection, std::string_view digest) {
  connection.execute("DELETE FROM auth_join_codes WHERE digest = :digest", digest);
}

std::vector<JoinedNode> all_nodes(storage::Connection& connection) {
  std::vector<JoinedNode> nodes;
  connection.each("SELECT client_id, role, url, told_at FROM auth_nodes ORDER BY client_id", storage::args(),
                  [&nodes](std::string client_id, std::string role, std::string url, time::Timestamp told_at) {
                    nodes.push_back({std::move(client_id), std::move(role), std::move(url), told_at});
                  });
  return nodes;
}

void put_node(storage::Connection& connection, const JoinedNode& node) {
  connection.execute("DELETE FROM auth_nodes WHERE client_id = :client_id", node.client_id);
  connection.execute(
      "INSERT INTO auth_nodes (client_id, role, url, told_at) VALUES (:client_id, :role, :url, :told_at)",
      node.client_id, node.role, node.url, node.told_at);
}

}  // namespace dontgoback::auth
