#pragma once

#include <filesystem>
#include <string>

#include "auth/module.hpp"
#include "dontgoback/ports/deny_list.hpp"
#include "support/client.hpp"
#include "support/set_clock.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_node.hpp"

namespace dontgoback::test {

/// An auth node with one client, `core`, whose secret is `s3cret`.
class AuthNode {
 public:
  AuthNode(const time::Clock& clock, const std::filesystem::path& data_dir, const std::string& listen = "127.0.0.1:0");

  TestNode node;
  auth::AuthModule module;
};

}  // namespace dontgoback::test
