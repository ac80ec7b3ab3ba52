#include "connections.hpp"

#include <sys/stat.h>

namespace dontgoback::walk::rpc {
namespace {

// The kernel gives each socket a number of its own; 0 when there is no such descriptor.
ino_t inode_of(int socket) {
  struct stat found {};
  return ::fstat(socket, &found) == 0 && S_ISSOCK(found.st_mode) ? found.st_ino : 0;
}

}  // namespace

bool Connections::enter(int socket, const std::string& network) {
  if (const auto before = all_.find(socket); before != all_.end()) forget(before);
  if (!has_room(network)) forget_closed();
  if (!has_room(network)) return false;
  all_[socket] = {inode_of(socket), network};
  if (!network.empty()) ++of_network_[network];
  return true;
}

bool Connections::has_room(const std::string& network) const {
  if (all_.size() >= most_) return false;
  const auto found = of_network_.find(network);
  return found == of_network_.end() || found->second < most_of_network_;
}

void Connections::forget_closed() {
  for (auto each = all_.begin(); each != all_.end();) {
    each = inode_of(each->first) == each->second.inode ? std::next(each) : forget(each);
  }
}

Connections::All::iterator Connections::forget(All::iterator connection) {
  const auto found = of_network_.find(connection->second.network);
  if (found != of_network_.end() && --found->second == 0) of_network_.erase(found);
  return all_.erase(connection);
}

}  // namespace dontgoback::walk::rpc
