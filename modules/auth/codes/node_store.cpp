#include "codes/node_store.hpp"

namespace dontgoback::auth {

std::vector<JoinedNode> all_nodes(storage::Connection& connection) {
  std::vector<JoinedNode> nodes;
  connection.each("SELECT client_id, role, url, told_at FROM auth_nodes ORDER BY client_id", storage::args(),
                  [&nodes](std::string client_id, std::string role, std::string url, time::Timestamp told_at) {
                    nodes.push_back({std::move(client_id), std::move(role), std::move(url), told_at});
                  });
  return nodes;
}

void remove_node(storage::Connection& connection, std::string_view client_id) {
  connection.execute("DELETE FROM auth_nodes WHERE client_id = :client_id", client_id);
}

void put_node(storage::Connection& connection, const JoinedNode& node) {
  remove_node(connection, node.client_id);
  connection.execute(
      "INSERT INTO auth_nodes (client_id, role, url, told_at) VALUES (:client_id, :role, :url, :told_at)",
      node.client_id, node.role, node.url, node.told_at);
}

}  // namespace dontgoback::auth
