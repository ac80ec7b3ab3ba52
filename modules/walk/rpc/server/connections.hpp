#pragma once

#include <sys/types.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <unordered_map>

namespace dontgoback::walk::rpc {

/// Of so many, how many one network may have.
inline std::size_t of_network(std::size_t all) { return std::max<std::size_t>(16, all / 4); }

/// How many connections there are, in all and from each network. gRPC closes them and tells nobody, so who counts looks
/// which descriptors still are what they were. One thread.
class Connections {
 public:
  /// Whether the socket may be one of them; then it is.
  Connections(std::size_t most, std::size_t most_of_network) : most_(most), most_of_network_(most_of_network) {}

  /// `network`: whose connections are counted together; empty: counted in the total only.
  bool enter(int socket, const std::string& network);
  std::size_t count() const { return all_.size(); }

 private:
  struct Connection {
    ino_t inode = 0;
    std::string network;
  };
  using All = std::unordered_map<int, Connection>;

  bool has_room(const std::string& network) const;
  void forget_closed();
  All::iterator forget(All::iterator connection);

  const std::size_t most_;
  const std::size_t most_of_network_;
  All all_;
  std::map<std::string, std::size_t> of_network_;
};

}  // namespace dontgoback::walk::rpc
