#include "support/auth/auth_node.hpp"

#include <fstream>

namespace dontgoback::test {
namespace {

std::string secret_file(const std::filesystem::path& data_dir) {
  const auto file = data_dir / "core.secret";
  std::ofstream(file) << "s3cret\n";
  std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  return file;
}

}  // namespace

AuthNode::AuthNode(const time::Clock& clock, const std::filesystem::path& data_dir, const std::string& listen)
    : node({.clock = clock, .node = node_in(data_dir), .listen = listen}) {
  node.start(module, {{"auth-client", "core=" + secret_file(data_dir)}});
  node.run();
}

}  // namespace dontgoback::test
