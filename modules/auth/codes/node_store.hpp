#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock.hpp"

// The nodes that have joined.
namespace dontgoback::auth {

struct JoinedNode {
  std::string client_id;
  std::string role;
  std::string url;
  time::Timestamp told_at{};
};

std::vector<JoinedNode> all_nodes(storage::Connection& connection);
/// In the place of what was known of the client.
void put_node(storage::Connection& connection, const JoinedNode& node);
void remove_node(storage::Connection& connection, std::string_view client_id);

}  // namespace dontgoback::auth
