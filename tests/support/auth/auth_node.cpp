#include "support/auth/auth_node.hpp"

#include <fstream>
#include <stdexcept>
#include <utility>
#include <vector>

#include "auth/resource_server/resource_server.hpp"
#include "config/option_set.hpp"

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

std::shared_ptr<ports::ServiceAuthenticator> services_of(const TestNode& node, const time::Clock& clock,
                                                         std::shared_ptr<security::VerificationKeys> keys,
                                                         const std::string& issuer) {
  auth::Settings settings;
  config::OptionSet options;
  settings.declare(options);
  if (const auto problem = options.find("auth-url")->set(std::vector{issuer})) throw std::invalid_argument(*problem);
  const auto resources =
      std::make_shared<auth::ResourceServer>(settings, node.settings(), false, clock, std::move(keys), nullptr);
  return {resources, &resources->authenticator};
}

}  // namespace dontgoback::test
